/** The cursor of a list of quarantined records: the number of the last record shown. */
export const quarantineCursor = {
  format: (record: number): string => `q${record}`,
  /** Undefined: foreign. */
  parse(cursor: string): number | undefined {
    const match = /^q(\d{1,15})$/.exec(cursor);
    return match === null ? undefined : Number(match[1]);
  },
};
