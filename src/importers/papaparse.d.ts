/** The part of papaparse's types that is used here. Its own types would bring Node's names into code that runs in browsers. */
declare module 'papaparse' {
  interface ParseError {
    readonly type: 'Quotes' | 'Delimiter' | 'FieldMismatch';
    readonly code: string;
    /** Counted from 0. */
    readonly row?: number;
  }
  const Papa: {
    parse(
      text: string,
      options: { readonly delimiter: string; readonly newline: '\n' },
    ): { readonly data: string[][]; readonly errors: readonly ParseError[] };
  };
  export default Papa;
}
