import { element } from '../dom';
import type { GraphObject, MeshGraph } from '../mesh-graph';

/** Objects by their names, each with its YAML under it. */
export function manifests({ objects }: MeshGraph, ids: readonly string[], open = false): HTMLElement[] {
  return [...new Set(ids)].flatMap((id) => (objects[id] === undefined ? [] : manifest(objects[id], open)));
}

function manifest(object: GraphObject, open: boolean): HTMLElement {
  const { kind, namespaceName, name, yaml } = object;
  const place = placeOf(object);
  const summary = element('summary', {}, element('b', {}, kind), ` ${[namespaceName, name].filter(Boolean).join('/')}`);
  if (place !== undefined) summary.append(element('span', { class: 'place' }, place));
  return element('details', { class: 'manifest', open }, summary, code(yaml, `YAML of ${kind} ${name}`));
}

/** A text as it is; where it is wide one scrolls it by keys too. */
export function code(text: string, label: string): HTMLElement {
  return element('pre', { tabindex: 0, role: 'region', 'aria-label': label }, element('code', {}, text.trimEnd()));
}

function placeOf({ file, line }: GraphObject): string | undefined {
  return file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`;
}

/** Names and what they are. */
export function facts(rows: readonly (readonly [string, string | undefined])[]): HTMLElement {
  const said = rows.filter(([, value]) => value !== undefined && value !== '');
  return element('dl', { class: 'facts' }, ...said.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}
