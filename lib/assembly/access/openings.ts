import { mtlsInNamespace } from '../../cluster/policies/mtls-settings';
import type { CallModel, ExposureModel, MeshModel, NamespaceModel } from '../../model/mesh-model';
import type { Weakening } from '../../model/mtls/weakening';
import type { MtlsMode } from '../../model/namespace-facts';
import { partyText, portText } from '../../rules/call-words';
import { clusterOf } from '../../rules/cluster-of';
import { canonical } from '../../support/ordering';
import type { MeshOpening } from './reported-access';
import { declaredAs, userText } from './reported-calls';

/** Every way in that is wider than a named caller, sorted, with the reasons that the program gives. */
export function openings(model: MeshModel): MeshOpening[] {
  return canonical([
    ...model.calls.filter(({ action }) => action === 'ALLOW').flatMap(ofCall),
    ...model.exposures.filter(({ redirect }) => !redirect).map(ofExposure),
    ...model.namespaces.flatMap((namespace) => ofNamespace(model, namespace)),
    ...model.weakenings.flatMap(ofWorkload),
  ]);
}

function ofCall(call: CallModel): MeshOpening[] {
  const { caller, callee, ports, user, reason, until, plaintext, toPods } = call;
  const at = { where: partyText(callee), ...declaredAs(call) };
  const port = `port ${portText(ports)}`;
  const inMesh = callee.kind === 'unmeshed' ? `any pod may connect to ${port}` : `anyone in the mesh may call ${port}`;
  const anybody = plaintext ? `anybody may connect to ${port} without mutual TLS` : inMesh;
  return [
    ...(caller.kind === 'anyone' ? [{ what: anybody, reason, ...at }] : []),
    ...(caller.kind === 'callers' ? [{ what: `${partyText(caller)} may call ${port}`, reason, ...at }] : []),
    ...(until === undefined ? [] : [{ what: `${partyText(caller)} may call ${port} until ${until}`, reason, ...at }]),
    ...(toPods ? [{ what: `${partyText(caller)} may connect to the pods themselves, ${port}`, ...at }] : []),
    ...(user?.issuer.anyAudience === undefined
      ? []
      : [{ what: `tokens of ${user.issuer.issuer} are taken whoever they are for`, reason: user.issuer.anyAudience, ...at }]),
  ];
}

function ofExposure(exposure: ExposureModel): MeshOpening {
  const { gateway, service, host, pathPrefix, pathPattern, protocol, port, inTheOpen, matches, users, reason } = exposure;
  const path = protocol === 'http' ? (pathPattern ?? pathPrefix) : '';
  const narrowed = matches ? `, requests that match one of ${matches.length} rules` : '';
  const known = users ? `, with a token of ${users.anyOf.map(userText).join('; or of ')}` : '';
  const readable = inTheOpen ? ', without TLS' : '';
  return {
    what: `reached from outside as ${host}${path} at ${partyText(gateway)}, on port ${port}${narrowed}${known}${readable}`,
    reason,
    where: partyText(service),
    ...declaredAs(exposure),
  };
}

function ofWorkload(said: Weakening): MeshOpening[] {
  const { level, service = '', port, mode, until, reason } = said;
  if (level !== 'workload' && level !== 'port') return [];
  const where = `${service.slice(service.indexOf(':') + 1)}${port === undefined ? '' : `, port ${port}`}`;
  return [{ what: plaintextText(mode, until), reason, where, ...declaredAs(said) }];
}

function plaintextText(mode: MtlsMode, until: string | undefined): string {
  return `callers without mutual TLS are let in (${mode})${until === undefined ? '' : ` until ${until}`}`;
}

function ofNamespace(model: MeshModel, namespace: NamespaceModel): MeshOpening[] {
  const { name, owned, enrolled, networkLayer, podSecurity } = namespace;
  if (!owned || !enrolled) return [];
  const at = { where: `namespace ${name}`, ...declaredAs(namespace) };
  const { mode, object } = mtlsInNamespace(clusterOf(model), name);
  const said = model.weakenings.find(({ path }) => `${path}/PeerAuthentication` === object?.path);
  return [
    ...openTo(namespace).map((what) => ({ what, ...at })),
    ...(networkLayer === 'none' ? [{ what: 'no NetworkPolicy guards what goes past the proxies of the mesh', ...at }] : []),
    ...(mode === 'STRICT' ? [] : [{ what: plaintextText(mode, said?.until), reason: said?.reason, ...at }]),
    ...(podSecurity?.reason === undefined
      ? []
      : [{ what: `pods may do what ${podSecurity.level} ones do`, reason: podSecurity.reason, ...at }]),
  ];
}

function openTo({ zeroTrust, stage, closedByMesh }: NamespaceModel): string[] {
  if (zeroTrust || (closedByMesh && stage === undefined)) return [];
  if (stage === undefined) return ['anybody may call what no grant closes: it is no ZeroTrustNamespace'];
  return [stage === 'observe' ? 'anybody may call: grants are only tried out' : 'anybody may call, beside the grants'];
}
