import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';
import { requireAnnotationKey } from './label-syntax';

/** Keys that Istio reads. */
const OF_ISTIO = /(^|\.)istio\.io\//;
/** Those whose values it writes into the template of a pod. */
const IN_TEMPLATES = /^(sidecar|inject)\.istio\.io\//;
const MARK = '{{';
const IN_TEXTS = ['\t', '\n', '\r'];

/** Annotations of pods that Istio makes or injects: keys that the API server takes, and values that stay values in the templates from which it makes pods. */
export function requireProxyAnnotations(at: IConstruct | string, what: string, annotations: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(annotations)) {
    requireAnnotationKey(at, `key of ${what}`, key);
    const odd = oddityOf(key, value);
    if (odd === undefined) continue;
    throw new MeshError({
      code: 'MESH830',
      at,
      what: 'a value of an annotation that Istio reads is text, which its templates of pods take as it is',
      got: `${key} with ${odd}`,
      fix: 'leave that out of the value',
    });
  }
}

/** Before 1.31.1 Istio wrote some values into the template of a pod as they are: a mark or a line break wrote fields of their own. */
export function oddityOf(key: string, value: string): string | undefined {
  if (OF_ISTIO.test(key) && value.includes(MARK)) return `'${MARK}', a mark of templates`;
  const control = [...value].find((letter) => isControl(letter) && (IN_TEMPLATES.test(key) || !IN_TEXTS.includes(letter)));
  return control === undefined ? undefined : `the control character U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function isControl(letter: string): boolean {
  return letter < ' ' || letter === '\u007f';
}
