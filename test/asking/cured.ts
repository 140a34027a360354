/** Something wrong in a text, and what its cure writes instead. */
export interface Cured {
  readonly code: string;
  readonly what: string;
  readonly text: string;
  readonly was: string;
  readonly now: string;
}

const policy = (spec: string): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: cart, namespace: shop }\nspec:\n${spec}`;
const rule = (spec: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: cart, namespace: shop }\nspec:\n  host: example.com\n${spec}`;

/** One of each kind of cure that a rule has. */
export const CURES: readonly Cured[] = [
  {
    code: 'MESH119',
    what: 'a field with a letter too many',
    text: policy('  ruless: # all\n  - to: [{ operation: { methods: [GET] } }]\n'),
    was: 'ruless',
    now: 'rules',
  },
  {
    code: 'MESH119',
    what: 'a field in a list on one line, in quotes',
    text: policy(`  rules: [{ to: [{ operation: { 'method': [GET] } }] }]\n`),
    was: "'method'",
    now: "'methods'",
  },
  {
    code: 'MESH119',
    what: 'a field in the words of another style',
    text: rule('  traffic_policy:\n    tls: { mode: SIMPLE, sni: example.com, credentialName: a }\n'),
    was: 'traffic_policy',
    now: 'trafficPolicy',
  },
  {
    code: 'MESH119',
    what: 'a word',
    text: rule('  trafficPolicy: {tls: {mode: "Istio_Mutal"}}\n'),
    was: '"Istio_Mutal"',
    now: '"ISTIO_MUTUAL"',
  },
  {
    code: 'MESH119',
    what: 'a number that should be a text, which keeps its digits',
    text: rule('  subsets:\n  - name: one\n    labels:\n      version: 1.10 # ten\n'),
    was: '1.10 #',
    now: '"1.10" #',
  },
  {
    code: 'MESH119',
    what: 'a text that should be a number',
    text: rule("  trafficPolicy:\n    outlierDetection:\n      consecutive5xxErrors: '5'\n"),
    was: "'5'",
    now: '5',
  },
  {
    code: 'MESH119',
    what: 'a version that no cluster serves',
    text: policy('  {}\n').replace('security.istio.io/v1', 'security.istio.io/v1alpha1'),
    was: 'security.istio.io/v1alpha1',
    now: 'security.istio.io/v1',
  },
  {
    code: 'MESH263',
    what: 'a method in small letters',
    text: policy('  rules:\n  - to:\n    - operation:\n        methods:\n        - get\n'),
    was: '- get',
    now: '- GET',
  },
  {
    code: 'MESH269',
    what: 'a namespace with a letter missing',
    text: policy('  rules: [{ from: [{ source: { namespaces: ["shp"] } }] }]\n').replaceAll('shop', 'shops').replace('shp', 'shos'),
    was: '"shos"',
    now: '"shops"',
  },
  {
    code: 'MESH269',
    what: 'a namespace of an identity',
    text: policy('  rules: [{ from: [{ source: { principals: [cluster.local/ns/shpo/sa/till] } }] }]\n'),
    was: 'ns/shpo/',
    now: 'ns/shop/',
  },
];
