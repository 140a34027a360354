const LABEL = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?';
const WHOLE = new RegExp(`^${LABEL}$`);
const FIRST = new RegExp(`^(\\*|(\\*|\\*-)?${LABEL})$`);
const [MOST_IN_LABEL, MOST] = [63, 255];

/** One part of a name of DNS, as Istio takes it: with capitals too. */
export function isDnsLabel(text: string): boolean {
  return text.length <= MOST_IN_LABEL && WHOLE.test(text);
}

/** A name of DNS, of one part or of several. */
export function isDnsName(text: string): boolean {
  return isOfLength(text) && areLabels(text);
}

/** The same, which may begin with a star. */
export function isHostWithStar(text: string): boolean {
  if (!isOfLength(text)) return false;
  const dot = text.indexOf('.');
  const [first, rest] = dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
  return first.length <= MOST_IN_LABEL && FIRST.test(first) && (rest === undefined || areLabels(rest));
}

/** A star stands for whole parts of a name alone. */
export function hasWholeStar(text: string): boolean {
  return !text.includes('*') || text === '*' || text.startsWith('*.');
}

function isOfLength(text: string): boolean {
  return text.length > 0 && text.length <= MOST;
}

/** The last one may be empty, as in `example.com.`, and is no number. */
function areLabels(text: string): boolean {
  const labels = text.split('.');
  return (
    !/^\d+$/.test(labels.at(-1) ?? '') && labels.every((label, index) => isDnsLabel(label) || (label === '' && index === labels.length - 1))
  );
}
