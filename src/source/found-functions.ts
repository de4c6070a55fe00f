/** What every language's reader hands back: where functions stand, and where it could not tell. */

/** A function definition; offsets into the text. */
export interface FoundFunction {
  name: string;
  /** Where the name stands: the place shown to the user. */
  nameOffset: number;
  /** First character of the definition, `template<…>` and attributes included. */
  start: number;
  bodyStart: number;
  end: number;
}

/** What a language's reader found. */
export interface ReadSource {
  functions: FoundFunction[];
  faults: { offset: number; message: string }[];
  /** Text that is never compiled. */
  dead: { start: number; end: number }[];
}
