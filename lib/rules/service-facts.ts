import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { hostOf, type ServiceName } from './hosts';
import { CORE, type Fields, type Labels, labelsOf, listOf, namespaceOf, numberOf, objectsOf, specOf, textOf } from './manifest-reader';
import { namespaceModes } from './namespace-planes';
import { perModel } from './per-model';
import { selectPods } from './workloads';

export interface ServicePortFacts {
  readonly name?: string;
  readonly number?: number;
  /** Absent where it is a name, which only the pods can resolve. */
  readonly targetPort?: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** A Service manifest, made here or beside. */
export interface ServiceFacts extends ServiceName {
  readonly object: ManifestObject;
  readonly host: string;
  /** Empty: its endpoints are written by somebody. */
  readonly selector: Labels;
  readonly ports: readonly ServicePortFacts[];
}

/** Every Service of the program by its full host name. */
export const servicesByHost = perModel(
  (model): ReadonlyMap<string, ServiceFacts> =>
    new Map(
      objectsOf(model, CORE, 'Service')
        .map((object) => readService(model, object))
        .map((facts) => [facts.host, facts]),
    ),
);

function readService(model: MeshModel, object: ManifestObject): ServiceFacts {
  const spec = specOf(object);
  const name = { name: object.name, namespaceName: namespaceOf(object) };
  const selector = spec.type === 'ExternalName' ? {} : labelsOf(spec.selector);
  return { ...name, object, host: hostOf(model, name), selector, ports: listOf(spec.ports).map(readPort) };
}

function readPort(port: Fields): ServicePortFacts {
  const number = numberOf(port.port);
  return {
    name: textOf(port.name),
    number,
    targetPort: port.targetPort === undefined ? number : numberOf(port.targetPort),
    protocol: textOf(port.protocol) ?? 'TCP',
    appProtocol: textOf(port.appProtocol),
  };
}

/** Some pods behind the Service are in the mesh, as far as the program can tell. */
export function servesMesh(model: MeshModel, { namespaceName, selector }: ServiceFacts): boolean {
  if (Object.keys(selector).length === 0) return false;
  const pods = selectPods(model, namespaceName, selector);
  return pods.length > 0 ? pods.some(({ mode }) => mode) : namespaceModes(model).has(namespaceName);
}
