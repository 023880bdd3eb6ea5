/** A hyphen before a digit is a minus sign in print; the hyphen of log-likelihood is not. */
export const withMinus = (text: string): string => text.replaceAll(/(?<=^|[\s(=,[])-(?=\d)/g, "−");
