/** The datasets that come with the package: files of its `datasets` folder, each with a page of that name and a study. */

export interface Dataset {
  /** Names of files in the folder `datasets`. */
  readonly file: string;
  /** Source, licence and codebook. */
  readonly page: string;
  /** A study of it, as `logsum fit` takes it. */
  readonly study: string;
  readonly title: string;
}

const dataset = (name: string, title: string): Dataset => ({
  file: `${name}.csv`,
  page: `${name}.md`,
  study: `${name}.json`,
  title,
});

export const datasets: Readonly<Record<string, Dataset>> = {
  "travel-mode": dataset("travel-mode", "Mode of travel between Sydney, Canberra and Melbourne"),
  anes96: dataset("anes96", "Votes in the American National Election Study 1996"),
  conjoint: dataset("conjoint", "Choices of laptops with random tastes (simulated)"),
  "rp-sp": dataset("rp-sp", "Trips made and trips imagined, at two temperatures (simulated)"),
  attitudes: dataset("attitudes", "Commuters with a green attitude, and answers that show it (simulated)"),
};
