import { LineCounter, parseAllDocuments } from 'yaml';
import { documentsIn } from '../../../lib/asking/yaml/documents';
import { offsetOfField } from '../../../lib/asking/yaml/field-place';

const TEXTS: readonly (readonly [string, string])[] = [
  ['without a mark', '\n# a service\nkind: Service\nmetadata: {name: cart}\n'],
  ['with marks at both ends', '---\nkind: Service\n...\n---\nkind: Pod\n---\n  kind: Secret\n  metadata: {name: cart}\n'],
  ['on the line of its mark', '--- {kind: Service, metadata: {name: cart}}\n--- # next\nkind: Pod\n'],
  ['in lines of Windows', 'kind: Service\r\nmetadata:\r\n  name: cart\r\n---\r\nkind: Pod\r\n'],
  ['after a mark of its bytes', '\uFEFFkind: Service\n---\nkind: Pod\nmetadata: {name: cart}\n'],
  ['with anchors', '---\nmetadata: &m {name: cart}\nspec: {template: {metadata: *m}}\n---\nmetadata: &m {name: web}\nkind: Pod\n'],
  ['with a text that keeps its ends', '---\nmetadata: {name: cart}\nkind: |+\n  Service\n\n\n---\nkind: Pod\n'],
  ['with words before it', '%YAML 1.1\n---\nkind: yes\nmetadata: {name: cart}\n...\n%TAG ! tag:example.com,2026:\n---\nkind: !x Pod\n'],
  ['in JSON', '{"kind": "Service",\n "metadata": {"name": "cart"}}\n'],
];

const FIELDS = [[], ['kind'], ['metadata'], ['metadata', 'name'], ['spec', 'template', 'metadata', 'name']];

describe('documents of a text', () => {
  it.each(TEXTS)('stand where they stand, looked at once more, %s', (_, text) => {
    const whole = parseAllDocuments(text, { merge: true, prettyErrors: false, logLevel: 'silent' });
    const read = [...documentsIn(text, new LineCounter())];
    expect(read.map(({ document }) => [document.toJS(), document.range])).toEqual(whole.map((one) => [one.toJS(), one.range]));
    whole.forEach((document, index) => {
      const again = read[index].again();
      const places = FIELDS.map((field) => again.start + offsetOfField(again.document, field));
      expect(places).toEqual(FIELDS.map((field) => offsetOfField(document, field)));
      expect(again.document.toJS()).toEqual(document.toJS());
      expect(read[index].again()).toBe(again);
    });
  });

  it('are read one by one, and lines counted as far as they are', () => {
    const lines = new LineCounter();
    const [first] = documentsIn('kind: Pod\n---\nkind: Service\n---\nkind: Secret\n', lines);
    expect(first.document.toJS()).toEqual({ kind: 'Pod' });
    expect(lines.linePos(first.document.range[0])).toEqual({ line: 1, col: 1 });
    expect(lines.lineStarts.length).toBeLessThan(5);
  });
});
