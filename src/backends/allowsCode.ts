/** Whether code may be written and run here: a content security policy may forbid it. */
let known: boolean | undefined;

export function allowsCode(): boolean {
  known ??= tried();
  return known;
}

function tried(): boolean {
  try {
    return new Function("return true")() as boolean;
  } catch {
    return false;
  }
}
