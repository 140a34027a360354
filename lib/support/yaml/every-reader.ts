// What Go's readers, and so kubectl, Helm and Argo CD, take for a number once they have dropped the dashes below: octal and binary ones too, whose prefixes may be capitals.
const NUMBER = /^[-+]?(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+(:[0-5]?\d)*(\.\d*)?([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?)$/;
// Words that YAML 1.1 has kept for itself.
const WORDS: readonly string[] = ['=', '<<'];
// Ends of lines of YAML 1.1 and a control character, which are written raw and read as something else, or refused.
const RAW = /[\x7f\x85\u2028\u2029]/;

// Letters, digits and dashes alone, so that no writer quotes or breaks it.
const STAND_IN = 'istio-constructs-text-';
const STAND_INS = new RegExp(`${STAND_IN}([0-9a-f]*)-`, 'g');

/**
 * Documents as YAML in which a text is a text to every reader. cdk8s quotes what YAML 1.1 takes for something else, as its specification has it; readers
 * know more numbers than that.
 * @param stringify How documents are written
 */
export function forEveryReader(stringify: (...documents: unknown[]) => string, documents: readonly unknown[]): string {
  return stringify(...documents.map(withStandIns)).replace(STAND_INS, (_, hex: string) =>
    quoted(Buffer.from(hex, 'hex').toString('utf16le')),
  );
}

/** True for a text that is something else to some reader, unless it is quoted. */
export function isMisread(text: string): boolean {
  return WORDS.includes(text) || RAW.test(text) || NUMBER.test(text.includes('_') ? text.replaceAll('_', '') : text);
}

/** The same value with something in the place of each text, and each key, that is misread. */
function withStandIns(value: unknown): unknown {
  if (typeof value === 'string') return isMisread(value) ? standIn(value) : value;
  if (Array.isArray(value)) return value.map(withStandIns);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [withStandIns(key), withStandIns(field)]));
}

function standIn(text: string): string {
  return `${STAND_IN}${Buffer.from(text, 'utf16le').toString('hex')}-`;
}

// A text of JSON is one of YAML, once it has no character that only JSON takes raw.
function quoted(text: string): string {
  return JSON.stringify(text).replace(new RegExp(RAW, 'g'), (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
