import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MOST_IN_DOMAIN = 253;

/** As many characters as a value of a label has, or a key without its domain. */
export const MOST_IN_LABEL = 63;

/** Whether the API server takes it as a value of a label. */
export function isLabelValue(value: string): boolean {
  return value === '' || isLabelName(value);
}

/** Key of a label of nodes, or of a taint. */
export function requireLabelKey(at: IConstruct | string, what: string, key: string): string {
  return isLabelKey(key) ? key : refuse(at, what, key, 'write for example disk, or example.com/disk');
}

/** Of an annotation, whose domain may have capitals. */
export function requireAnnotationKey(at: IConstruct | string, what: string, key: string): string {
  return isLabelKey(key.toLowerCase()) ? key : refuse(at, what, key, 'write for example example.com/role');
}

export function requireLabelValue(at: IConstruct | string, what: string, value: string): string {
  return isLabelValue(value) ? value : refuse(at, what, value, 'write for example ssd');
}

/** Labels of whatever, keys and values. */
export function requireLabels(at: IConstruct | string, what: string, labels: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(labels)) {
    requireLabelKey(at, `key of ${what}`, key);
    requireLabelValue(at, `value of ${what} '${key}'`, value);
  }
}

function isLabelName(name: string): boolean {
  return name.length <= MOST_IN_LABEL && NAME.test(name);
}

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return isLabelName(key);
  const domain = key.slice(0, slash);
  return domain.length <= MOST_IN_DOMAIN && DOMAIN.test(domain) && isLabelName(key.slice(slash + 1));
}

function refuse(at: IConstruct | string, what: string, text: string, fix: string): never {
  throw new MeshError({
    code: 'MESH820',
    at,
    what: `labels, taints and annotations are letters, digits, '-', '_' and '.', at most ${MOST_IN_LABEL}, with a letter or digit at both ends; a key may follow a domain and '/'`,
    got: `${what} '${text}'`,
    fix,
  });
}
