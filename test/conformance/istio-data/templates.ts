import type { IstioFile } from './module';

/** What Istio's tests put into their templates, for a mesh of two namespaces. */
const WORDS: Readonly<Record<string, string>> = {
  '.To.ServiceName': 'b',
  '$svc.ServiceName': 'b',
  '.dst': 'b',
  '.To.NamespaceName': 'echo1',
  '.To.ClusterLocalFQDN': 'b.echo1.svc.cluster.local',
  '.From.NamespaceName': 'echo1',
  '.Allowed.ServiceName': 'a',
  '.Allowed.NamespaceName': 'echo1',
  '.Allowed.NamespacedName': 'echo1/a',
  '.Allowed.SpiffeIdentity': 'cluster.local/ns/echo1/sa/a',
  '.Denied.NamespaceName': 'echo2',
  '.Denied.SpiffeIdentity': 'cluster.local/ns/echo2/sa/c',
  '.To.Config.Namespace.Prefix': 'echo1',
  '.Namespace.Prefix': 'echo1',
  '.SystemNamespace.Name': 'istio-system',
  '.JWTServer.JwksURI': 'http://jwt-server.echo2.svc.cluster.local/jwks',
  '.TLSMode': 'ISTIO_MUTUAL',
  '.MTLSMode': 'STRICT',
  '.MTLSModeOverride': 'PERMISSIVE',
  '.Provider.Name': 'asks',
  '.Provider1.Name': 'asks',
  '.Provider2.Name': 'asks-too',
  '.timeout': '5s',
  '.delay': '1s',
  '(.To.PortForName `http`).ServicePort': '80',
  '(.To.PortForName `http`).WorkloadPort': '8080',
  '(.To.PortForName `http2`).WorkloadPort': '8085',
  '(.To.PortForName `grpc`).WorkloadPort': '7070',
  '(.To.PortForName `tcp`).WorkloadPort': '9000',
  '(.To.PortForName `https`).WorkloadPort': '8443',
  '.Allowed.MustWorkloads.Addresses|toJson': '["10.99.0.7"]',
  '.Denied.MustWorkloads.Addresses|toJson': '["10.99.0.8"]',
  '.To.MustWorkloads.Addresses|toJson': '["10.99.0.9"]',
};

/** A template with its words; what it says only sometimes, or of several, is said once. */
export function filledIn({ name, text }: IstioFile): IstioFile {
  const said = text
    .replace(/\{\{-?\s*(?:range|if|end)\b[^}]*\}\}/g, '')
    .replace(/\{\{-?([^}]*)\}\}/g, (_, expression: string) => wordOf(name, expression));
  return { name, text: said };
}

function wordOf(name: string, expression: string): string {
  const [said, fallback] = expression
    .replaceAll('"', '`')
    .split(/\|\s*default\b/)
    .map((part) =>
      part
        .trim()
        .replace(/\( /, '(')
        .replace(/ \)/, ')')
        .replace(/\s*\|\s*/, '|'),
    );
  const word = WORDS[said] ?? (fallback?.startsWith('`') ? fallback.replaceAll('`', '') : WORDS[fallback]);
  if (word === undefined) throw new Error(`${name}: nobody knows a word for {{${expression}}}`);
  return word;
}
