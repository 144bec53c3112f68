/** What we use of citation-js, which ships no types. */
declare module '@citation-js/core' {
  export const plugins: {
    readonly input: {
      /** Parses some data of this format to CSL-JSON entries. */
      chain(data: string, options: { forceType: string; generateGraph: boolean }): unknown[];
    };
  };
}
declare module '@citation-js/plugin-bibtex' {}
