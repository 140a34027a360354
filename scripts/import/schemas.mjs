// Writes `imports/schemas.ts` from the CRDs in `imports/crds`: what the library compares objects with, and nothing else.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const IMPORTS = fileURLToPath(new URL('../../imports', import.meta.url));
const GATEWAY_API = 'gateway.networking.k8s.io';

// The CRDs here have one version each. Clusters serve more, all of one schema: `npm run test:cluster` asks one.
const MORE_VERSIONS = {
  'networking.istio.io': ['v1beta1', 'v1alpha3'],
  'networking.istio.io/EnvoyFilter': [],
  'networking.istio.io/ProxyConfig': [],
  'security.istio.io': ['v1beta1'],
  'telemetry.istio.io': ['v1alpha1'],
  [`${GATEWAY_API}/Gateway`]: ['v1beta1'],
  [`${GATEWAY_API}/GatewayClass`]: ['v1beta1'],
  [`${GATEWAY_API}/HTTPRoute`]: ['v1beta1'],
  [`${GATEWAY_API}/ReferenceGrant`]: ['v1'],
  // in the experimental channel
  [`${GATEWAY_API}/BackendTLSPolicy`]: ['v1alpha3'],
  [`${GATEWAY_API}/TCPRoute`]: ['v1alpha2'],
  [`${GATEWAY_API}/TLSRoute`]: ['v1alpha3', 'v1alpha2'],
};

// Fields that the experimental channel of the Gateway API adds, each with a field that it stands beside. Whoever has that channel may write
// them; what is in them is not looked at.
const EXPERIMENTAL = {
  retry: 'timeouts',
  sessionPersistence: 'matches',
  externalAuth: 'urlRewrite',
  useDefaultGateways: 'parentRefs',
  defaultScope: 'gatewayClassName',
};
const EXPERIMENTAL_WORDS = { URLRewrite: 'ExternalAuth' };

const OPEN = { 'x-kubernetes-preserve-unknown-fields': true };
const IGNORED = ['description', 'x-kubernetes-list-type', 'x-kubernetes-map-type', 'x-kubernetes-validations'];

function kept(schema, group) {
  const { properties, items, additionalProperties, required, enum: words, ...rest } = schema;
  const isFilledIn = (key) => properties?.[key]?.default !== undefined;
  const needed = required?.filter((key) => !isFilledIn(key));
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => !IGNORED.includes(key))),
    ...(schema['x-kubernetes-list-type'] === 'set' ? { uniqueItems: true } : {}),
    ...(needed?.length > 0 ? { required: needed } : {}),
    ...(words ? { enum: [...words, ...more(EXPERIMENTAL_WORDS, words, group)] } : {}),
    ...(properties ? { properties: { ...mapValues(properties, (each) => kept(each, group)), ...experimental(properties, group) } } : {}),
    ...(items ? { items: kept(items, group) } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: kept(additionalProperties, group) } : {}),
  };
}

function experimental(properties, group) {
  const fields = Object.keys(EXPERIMENTAL).filter(
    (field) => group === GATEWAY_API && properties[EXPERIMENTAL[field]] && !properties[field],
  );
  return Object.fromEntries(fields.map((field) => [field, OPEN]));
}

function more(words, there, group) {
  return group === GATEWAY_API ? there.flatMap((word) => words[word] ?? []) : [];
}

const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

const served = readdirSync(join(IMPORTS, 'crds')).flatMap((file) =>
  parseAllDocuments(readFileSync(join(IMPORTS, 'crds', file), 'utf8')).map((document) => {
    const { group, names, versions } = document.toJS().spec;
    const [{ name, schema }] = versions;
    const groupKind = `${group}/${names.kind}`;
    const older = MORE_VERSIONS[groupKind] ?? MORE_VERSIONS[group] ?? [];
    const text = JSON.stringify(kept(schema.openAPIV3Schema, group));
    return `  '${groupKind}': { versions: ${JSON.stringify([name, ...older])}, schema: ${JSON.stringify(text)} },`;
  }),
);

writeFileSync(
  join(IMPORTS, 'schemas.ts'),
  `// Made by scripts/import/schemas.mjs.

/** By \`group/Kind\`: the versions of it that clusters serve, the one to write first, and the schema of all of them as JSON. */
export const SCHEMAS: Readonly<Record<string, { readonly versions: readonly string[]; readonly schema: string }>> = {
${served.join('\n')}
};
`,
);
