import type { HttpPart } from '../../../model/http-part';
import type { CallModel } from '../../../model/mesh-model';
import type { DataPlaneMode } from '../../../model/namespace-facts';
import type { Party } from '../../../model/party';
import type { CallThere } from '../../../model/written/written-mesh';
import { portText } from '../../call-words';

const PLANES: Readonly<Record<DataPlaneMode, readonly string[]>> = {
  sidecar: ['dataPlane: DataPlane.sidecar()'],
  ambient: ['dataPlane: DataPlane.ambient()'],
  unknown: [],
};

/** How a program names a caller of another one, and of another cluster: `ServiceIdentity.of('shop', 'cart')`. */
export function identityWords({ namespaceName, serviceAccountName, name, namespace }: Party, cluster: string | undefined): string {
  const said = [...PLANES[namespace.mode], ...(cluster === undefined ? [] : [`cluster: MeshCluster.of('${cluster}')`])];
  const options = said.length > 0 ? `, { ${said.join(', ')} }` : '';
  return `ServiceIdentity.of('${namespaceName}', '${serviceAccountName ?? name}'${options})`;
}

/** What a program says of a call besides its ends, where that is not all of it: `, { port: 80 }, where http is GET /items`. */
export function optionWords({ ports, http, user, toPods = false, callee }: CallModel): string {
  const [port] = ports.length < callee.ports.length ? ports : [];
  const said = [
    ...(port ? [`port: ${port.number}`] : []),
    ...(http ? ['http'] : []),
    ...(user ? ['user'] : []),
    ...(toPods ? ['toPods: true'] : []),
  ];
  const meant = [
    ...(http ? [`http is ${requestsText(http)}`] : []),
    ...(user ? [`user is whose token this call has, of ${user.issuer.issuer}`] : []),
  ];
  const requests = meant.length > 0 ? `, where ${meant.join(' and ')}` : '';
  return `${said.length > 0 ? `, { ${said.join(', ')} }` : ''})${requests}`;
}

/** `GET /items, any method /health`. */
export function requestsText(http: readonly HttpPart[]): string {
  return http.map(({ methods, paths }) => `${methods.join('|') || 'any method'} ${paths.join(' ') || 'any path'}`).join(', ');
}

/** `port 80 (http), GET /items (billing.ts:12:3)`. */
export function grantThereText({ ports, http, declaredAt }: CallThere): string {
  return `port ${portText(ports)}${http ? `, ${requestsText(http)}` : ''}${lineText(declaredAt)}`;
}

/** ` (billing.ts:12:3)`. */
export function lineText(line: string | undefined): string {
  return line === undefined ? '' : ` (${line})`;
}
