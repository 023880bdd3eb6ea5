/**
 * Persons and their draws, as kernels that run for persons read them. Draws within a budget stay in memory once
 * made; beyond it the persons of a run share one place, and their draws are made anew on every pass.
 */
import { type Drawer, drawsOf } from "../math/draws/draws.ts";
import type { DrawLoops } from "../math/draws/loops.ts";
import type { DrawRows, Program } from "../program/core.ts";
import type { People } from "./people.ts";

/** Persons whose data and draws are in memory together. */
export interface Group {
  readonly first: number;
  readonly count: number;
  readonly resident: boolean;
}

export interface DrawLimits {
  /** Doubles of draws that stay in memory. */
  readonly residentDoubles: number;
  /** Doubles of draws of one group. */
  readonly groupDoubles: number;
  /** Situations of one group, whatever the draws. */
  readonly groupSituations: number;
}

/** Fits with 1,500 draws took no longer with 4 MB of them in memory than with 64: they are made about as fast as fetched. */
export const usualDrawLimits: DrawLimits = {
  residentDoubles: 512 * 1024,
  groupDoubles: 32 * 1024,
  groupSituations: 512,
};

/** So many groups at least, however few the data, so that threads have something to share out evenly: */
const fewestGroups = 32;
/** but not of fewer situations than these, if persons do not have fewer. */
const fewestSituations = 16;

export class Panel {
  readonly people: People;
  /** For every person: the first tile, the number of tiles, and the first word of its draws. */
  readonly table: Int32Array;
  readonly groups: readonly Group[];
  /** Draws of each person, and the words of a row of them: side by side in the lanes. */
  readonly count: number;
  readonly rowWords: number;
  /** Words of all draws that are in memory at a time. */
  readonly drawWords: number;
  /** Most persons of a group. */
  readonly mostPersons: number;
  private readonly lanes: number;
  private readonly rows: DrawRows;
  private readonly draws: Program["draws"];
  private drawer: Drawer | null;
  /** Whether all persons have the same draws: the nodes of a quadrature. */
  private readonly shared: boolean;
  private readonly filled = new Set<Group>();
  /** Rows in the place that groups share, by their first number. */
  private readonly views = new Map<number, Float64Array>();

  constructor({ draws }: Program, people: People, rows: DrawRows, lanes: number, limits = usualDrawLimits) {
    this.people = people;
    this.lanes = lanes;
    this.rows = rows;
    this.draws = draws;
    this.drawer = draws && drawsOf(draws, people.source.drawKeys);
    this.shared = this.drawer?.logWeights != null;
    this.count = this.drawer?.count ?? 1;
    this.rowWords = Math.ceil(this.count / lanes);
    this.table = new Int32Array(3 * people.person.length);
    const { groups, words } = this.plan(limits);
    this.groups = groups;
    this.drawWords = words;
    this.mostPersons = groups.reduce((most, { count }) => Math.max(most, count), 0);
  }

  /** Whether numbers are drawn: nodes of a quadrature are not. */
  get isDrawn(): boolean {
    return this.drawer !== null && !this.shared;
  }

  /** From now on draws are made by the loops of a machine. */
  use(loops: DrawLoops): void {
    this.drawer = this.draws && drawsOf(this.draws, this.people.source.drawKeys, loops);
  }

  /** First situations of the groups, and the end. */
  get cuts(): number[] {
    return [...this.groups.map(({ first }) => this.people.first[first]), this.people.source.situations];
  }

  /** Words of a person's draws. */
  private words(person: number): number {
    const { rows, within } = this.rows;
    return (rows.length - within + this.situations(person) * within) * this.rowWords;
  }

  private situations(person: number): number {
    return this.people.first[person + 1] - this.people.first[person];
  }

  private plan({ residentDoubles, groupDoubles, groupSituations }: DrawLimits): {
    groups: Group[];
    words: number;
  } {
    const { first, person } = this.people;
    const even = Math.max(fewestSituations, Math.ceil(first[person.length] / fewestGroups));
    const mostSituations = Math.min(groupSituations, even);
    const groups: Group[] = [];
    let [base, most] = [0, 0];
    for (let i = 0; i < person.length; ) {
      const from = i;
      let words = 0;
      do {
        this.table.set([first[i], this.situations(i), this.shared ? 0 : base + words], 3 * i);
        words += this.words(i++);
      } while (
        i < person.length &&
        (words + this.words(i)) * this.lanes <= groupDoubles &&
        first[i + 1] - first[from] <= mostSituations
      );
      const resident = (groups.at(-1)?.resident ?? true) && (base + words) * this.lanes <= residentDoubles;
      groups.push({ first: from, count: i - from, resident });
      most = Math.max(most, base + words);
      if (resident) base += words;
    }
    return { groups, words: this.shared ? this.words(0) : most };
  }

  /** ln of the weight of every draw, then the weights; what fills up the lanes weighs nothing. */
  chances(): Float64Array {
    const length = this.rowWords * this.lanes;
    const all = new Float64Array(2 * length).fill(-1e305, 0, length);
    const own = this.drawer?.logWeights ?? new Float64Array(this.count).fill(-Math.log(this.count));
    all.set(own);
    all.set(this.drawer?.logWeights ? own.map(Math.exp) : own.fill(1 / this.count), length);
    return all;
  }

  /** Puts the draws of a group in place, unless they are there. `memory` starts at the first draw of all. */
  fill(group: Group, memory: Float64Array): void {
    if (!this.drawer || (this.filled.has(group) && (group.resident || this.shared))) return;
    const last = this.shared ? group.first + 1 : group.first + group.count;
    for (let i = group.first; i < last; i++) this.fillPerson(i, this.drawer, memory, group.resident);
    this.filled.add(group);
  }

  private fillPerson(person: number, drawer: Drawer, memory: Float64Array, resident: boolean): void {
    const { rows, within } = this.rows;
    const { people } = this;
    const base = this.table[3 * person + 2] * this.lanes;
    const length = this.rowWords * this.lanes;
    for (let d = 0; d < rows.length; d++) {
      const times = rows[d] >= rows.length - within ? this.situations(person) : 1;
      for (let t = 0; t < times; t++) {
        const from = base + (rows[d] + t * within) * length;
        const s = people.first[person] + t;
        const values = this.view(memory, from, resident);
        drawer.fill(d, people.person[person], people.order ? people.order[s] : s, values);
        memory.fill(values[values.length - 1], from + values.length, from + length);
      }
    }
  }

  /** A row of draws. Rows that are filled again and again keep theirs: made anew they were the most of the garbage. */
  private view(memory: Float64Array, from: number, resident: boolean): Float64Array {
    const known = resident ? undefined : this.views.get(from);
    const values = known ?? memory.subarray(from, from + this.count);
    if (!known && !resident) this.views.set(from, values);
    return values;
  }
}
