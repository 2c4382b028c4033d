type Part = string | number | false | undefined;

const joined = (parts: readonly Part[], separator: string) =>
  parts.filter(Boolean).join(separator);

/** Facts beside each other that make no sentence; what is not said is left out. */
export const beside = (...parts: Part[]): string => joined(parts, ' · ');

/** Values of one fact, enumerated. */
export const listed = (...parts: Part[]): string => joined(parts, ', ');
