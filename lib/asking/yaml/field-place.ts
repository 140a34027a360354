import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { FieldPath } from '../../model/declared';

/** What stands for a field in a text: the key of a map, or an item of a list. */
export interface FieldPlace {
  readonly node: Node;
  /** The pair whose value it is, where it is a key's. */
  readonly pair?: Pair<Node, Node | null>;
}

/** The nodes on the way to a field, the outermost first, as far as they are written. */
export function placesOf(document: Document.Parsed, keys: FieldPath): FieldPlace[] {
  const places: FieldPlace[] = document.contents ? [{ node: document.contents }] : [];
  let at: unknown = document.contents;
  for (const key of keys) {
    const place = stepFrom(isAlias(at) ? at.resolve(document) : at, key);
    if (!place) break;
    places.push(place);
    at = place.pair ? place.pair.value : place.node;
  }
  return places;
}

/** Where a field stands in its text: at its key, at the item, or where the nearest does that is written around it. */
export function offsetOfField(document: Document.Parsed, keys: FieldPath): number {
  const places = placesOf(document, keys);
  const written = places.map(({ node, pair }) => (pair?.key ?? node).range?.[0]).filter((offset) => offset !== undefined);
  return written.at(-1) ?? document.range[0];
}

function stepFrom(node: unknown, key: string | number): FieldPlace | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? { node: item } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key)) as
    Pair<Node, Node | null> | undefined;
  return pair && { node: pair.value ?? pair.key, pair };
}
