import { Verdicts } from 'istio-constructs';
import { manifestsIn, readManifests } from '../../../lib/asking/yaml/manifests';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\n';

const read = (text: string) => manifestsIn([{ name: 'mesh.yaml', text }]);

/** Code, place and what stood there, as the first two lines of the error say them. */
function refusal(text: string, ...others: string[]): string {
  try {
    manifestsIn([text, ...others].map((one, index) => ({ name: index === 0 ? 'mesh.yaml' : `${index}.yaml`, text: one })));
  } catch (error) {
    const [first, got] = (error as Error).message.split('\n');
    return `${first.split(': ')[0]}${got.replace('  got', '')}`;
  }
  return 'nothing was refused';
}

describe('manifests of a text', () => {
  it('know where they stand, in documents and in lists', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n- {apiVersion: v1, kind: Service, metadata: {name: b}}\n';
    expect(read(`${NAMESPACE}---\n${list}`).map(({ kind, name, path }) => `${kind} ${name} ${path}`)).toEqual([
      'Namespace shop mesh.yaml:1:1',
      'Service a mesh.yaml:8:3',
      'Service b mesh.yaml:11:3',
    ]);
  });

  it('may be none, JSON, of another group, or end their lines as Windows does', () => {
    expect(read('')).toEqual([]);
    expect(read('# nothing\n---\n---\n')).toEqual([]);
    expect(read(JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } })).map(({ name }) => name)).toEqual(['a']);
    expect(read('apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}').map(({ kind }) => kind)).toEqual(['Certificate']);
    expect(read(`${NAMESPACE}---\n${SERVICE}`.replaceAll('\n', '\r\n')).map(({ path }) => path)).toEqual([
      'mesh.yaml:1:1',
      'mesh.yaml:5:1',
    ]);
  });

  it('are refused for all that is wrong in them at once', () => {
    const broken = `${SERVICE}---\nkind: a\n---\napiVersion: v1\nkind: Servce\n---\na:\n\t- b\n---\n${SERVICE}`;
    expect(() => read(broken)).toThrow(
      /^MESH892 at mesh.yaml:5:1: [^]*\n\nMESH893 at mesh.yaml:7:1: [^]*\n\nMESH890 at mesh.yaml:11:1: [^]*\n\nMESH894 at mesh.yaml:13:1: /,
    );
  });

  it('get the namespace of their file where they say none, unless they live in none', () => {
    const text = `${NAMESPACE}---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\n${SERVICE}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n`;
    expect(manifestsIn([{ name: 'a.yaml', text, namespaceName: 'edge' }]).map(({ namespaceName }) => namespaceName)).toEqual([
      undefined,
      'edge',
      'shop',
      undefined,
    ]);
  });

  it('take anchors and merges as kubectl does', () => {
    const [one] = read('apiVersion: v1\nkind: Service\nmetadata: &m {name: a, namespace: shop}\nspec:\n  selector: {<<: *m, app: cart}\n');
    expect(one.manifest.spec).toEqual({ selector: { name: 'a', namespace: 'shop', app: 'cart' } });
  });

  it.each<[string, string, string]>([
    ['a tab', 'apiVersion: v1\nmetadata:\n\tname: a', 'MESH890 at mesh.yaml:3:1: Tabs are not allowed as indentation'],
    ['a key said twice', 'apiVersion: v1\napiVersion: v1', 'MESH890 at mesh.yaml:2:1: Map keys must be unique'],
    ['an alias of nothing', `${SERVICE}spec: *gone`, 'MESH890 at mesh.yaml:4:7: the alias *gone stands for no anchor before it'],
    ['an alias of itself', `${SERVICE}spec: &a [*a]`, 'MESH890 at mesh.yaml:4:11: the alias *a stands for what it is a part of'],
    ['a document that is no object', `${SERVICE}---\nreplicas: 3`, 'MESH892 at mesh.yaml:5:1: no apiVersion and no kind'],
    [
      'an item of a list that is no object',
      'apiVersion: v1\nkind: List\nitems:\n  - null\n',
      'MESH892 at mesh.yaml:4:5: no apiVersion and no kind',
    ],
    ['a document without a kind', 'apiVersion: v1', 'MESH892 at mesh.yaml:1:1: no kind'],
    ['a kind that is none', `${SERVICE}---\napiVersion: v1\nkind: Servce`, 'MESH893 at mesh.yaml:5:1: Servce of v1'],
    [
      'a kind of another group',
      'apiVersion: security.istio.io/v1\nkind: Sidecar',
      'MESH893 at mesh.yaml:1:1: Sidecar of security.istio.io/v1',
    ],
    ['a name said twice', `${SERVICE}---\n${SERVICE}`, 'MESH894 at mesh.yaml:5:1: Service shop/cart, which is at mesh.yaml:1:1 already'],
  ])('fail for %s, at its place', (_, text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  it('fail for more levels than can be read, at one of them', () => {
    const levels = 20_000;
    expect(refusal(`a: ${'['.repeat(levels)}${']'.repeat(levels)}`)).toMatch(
      /^MESH890 at mesh\.yaml:1:\d+: lists and maps within one another, more of them than can be read$/,
    );
  });

  it('fail for an object that stands in two files', () => {
    expect(refusal(NAMESPACE, NAMESPACE)).toBe('MESH894 at 1.yaml:1:1: Namespace shop, which is at mesh.yaml:1:1 already');
  });

  it('say what to do with two files, and with one', () => {
    const fixOf = (...texts: string[]) => readManifests(texts.map((text, index) => ({ name: `${index}.yaml`, text }))).wrongs[0].fix;
    expect(fixOf(NAMESPACE, NAMESPACE)).toMatch(/`kustomize build`.*`--exclude`/);
    expect(fixOf(`${NAMESPACE}---\n${NAMESPACE}`)).toBe('leave one of them out');
  });

  it('fail once for two files that have the same objects', () => {
    const both = `${NAMESPACE}---\n${SERVICE}`;
    expect(refusal(both, both)).toBe(
      'MESH894 at 1.yaml:1:1: Namespace shop, which is at mesh.yaml:1:1 already; and so is 1 more of the two files',
    );
    expect(() => manifestsIn(['a', 'b', 'c'].map((name) => ({ name, text: both })))).toThrow(/^MESH894 at b:1:1[^]*\n\nMESH894 at c:1:1/);
  });

  it('fail once for a file that is a template', () => {
    const template = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n';
    const wrongs = readManifests([{ name: 'chart.yaml', text: `${template}---\n${template}` }]).wrongs;
    expect(wrongs.map(({ code }) => code)).toEqual(['MESH891']);
  });

  it('fail for aliases of aliases that no machine could hold', () => {
    const rows = Array.from(
      { length: 9 },
      (_, row) => `a${row}: &a${row} [${Array.from({ length: 10 }, () => (row === 0 ? '1' : `*a${row - 1}`)).join(', ')}]`,
    );
    expect(refusal(rows.join('\n'))).toMatch(/^MESH890 at mesh.yaml:\d:\d+: the alias \*a\d stands for more than anybody can read$/);
  });

  it.each<[string, string, string]>([
    ['in the place of a value', `${SERVICE}spec:\n  type: {{ .Values.type }}`, 'MESH891 at mesh.yaml:5:9: type: {{ .Values.type }}'],
    ['around a document', `{{- if .Values.on }}\n${SERVICE}{{- end }}`, 'MESH891 at mesh.yaml:1:1: {{- if .Values.on }}'],
    [
      'inside a value',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {}\nname: x-{{ .Release.Name }}',
      'MESH891 at mesh.yaml:5:7: name: x-{{ .Release.Name }}',
    ],
  ])('fail for a template %s', (_, text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  it('take braces that are content', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "{{ .Values.a }}"\n  b: |\n    {{ .Labels.b }}\n';
    expect(read(config)).toHaveLength(1);
  });

  it('take what Prometheus fills in itself, and refuse what Helm does beside it', () => {
    const alert = (summary: string): string =>
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nsummary: ${summary}\n`;
    expect(read(alert('more than {{ $value }}'))).toHaveLength(1);
    expect(read(alert('of {{ $labels.pod }} {{ $value | humanize }} ms, see {{ $externalURL }}'))).toHaveLength(1);
    expect(refusal(alert('of {{ $labels.pod }} in {{ .Values.cluster }}'))).toMatch(/^MESH891 /);
  });

  it('are what Verdicts.ofYaml reads', () => {
    expect(() => Verdicts.ofYaml('kind: x')).toThrow('MESH892 at manifests.yaml:1:1');
  });
});
