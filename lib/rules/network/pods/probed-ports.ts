import { type Fields, fieldsOf, listOf, numberOf, valueAt } from '../../../cluster/objects/fields';

export const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
/** Those that go over the network. */
export const WAYS = ['httpGet', 'tcpSocket', 'grpc'];

/** Ports of the pod that the probes of one container ask. */
export function probedPorts(container: Fields): number[] {
  const named = new Map(listOf(container.ports).map(({ name, containerPort }) => [name, numberOf(containerPort)]));
  const said = PROBES.flatMap((probe) => WAYS.map((way) => fieldsOf(valueAt(container, probe, way)).port));
  return said.flatMap((port) => numberOf(port) ?? (typeof port === 'string' ? named.get(port) : undefined) ?? []);
}
