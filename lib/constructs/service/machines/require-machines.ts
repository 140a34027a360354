import type { Construct } from 'constructs';
import type { MachineFacts, MachinesFacts } from '../../../model/machines/machines';
import type { Port } from '../../../model/port';
import { canonicalAddress, isAddress, requireBlock } from '../../../support/addresses';
import { isLabelValue, requireLabels } from '../../../support/bounds/label-syntax';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import { requireName } from '../../../support/object-names';
import type { VirtualMachine } from '../../../values/workload/virtual-machine';
import type { VirtualMachinesProps } from './virtual-machines-props';

/** The machines with every default, and the blocks of addresses where they are. */
export interface PlacedMachines {
  readonly machines: MachinesFacts;
  readonly addresses: readonly string[];
  readonly networks: readonly string[];
}

/** Refuses machines that Istio would not find, or would take for others. */
export function requireMachines(at: Construct, props: VirtualMachinesProps, ports: readonly Port[]): PlacedMachines {
  const { machines = [], cidrs = [], network } = props;
  requireOneWay(at, props);
  const own = network === undefined ? undefined : requireName(at, 'name of a network', network);
  const named = machines.map((machine) => machineOf(at, machine, own));
  requireOnce(at, named);
  const blocks = machines.length > 0 ? named.map(({ address }) => address) : cidrs;
  return {
    machines: { named, version: versionOf(at, props), network: own, readiness: readinessOf(at, props, ports) },
    networks: Object.freeze([...new Set([own, ...named.map((one) => one.network)].flatMap((one) => one ?? []))]),
    addresses: Object.freeze(blocks.map((block) => requireBlock(at, 'where machines are', block))),
  };
}

function requireOneWay(at: Construct, { machines = [], cidrs = [] }: VirtualMachinesProps): void {
  if (machines.length > 0 !== cidrs.length > 0) return;
  throw new MeshError({
    code: 'MESH950',
    at,
    what: 'machines are named one by one, or register themselves from addresses that are known',
    got: machines.length > 0 ? 'machines and cidrs' : 'neither machines nor cidrs',
    fix: "write machines: [{ address: '10.20.0.5' }]; or cidrs: ['10.20.0.0/24'] for machines that register themselves",
  });
}

function machineOf(at: Construct, machine: VirtualMachine, network: string | undefined): MachineFacts {
  const { address, weight, labels = {} } = machine;
  requireLabels(at, 'labels', labels);
  const shared = Object.keys(labels).find((key) => key === 'app' || key === 'version');
  if (shared !== undefined) {
    throw new MeshError({
      code: 'MESH955',
      at,
      what: 'app and version are labels of all machines of a name: by them the Service and its policies find them',
      got: `${shared}: ${labels[shared]} at ${address}`,
      fix: 'give the label another name; or declare machines of another name or version by themselves',
    });
  }
  return {
    address: requireAddress(at, address),
    network: machine.network === undefined ? network : requireName(at, 'name of a network', machine.network),
    locality: machine.locality === undefined ? undefined : requireLocality(at, machine.locality),
    weight: weight === undefined ? undefined : requireCount(at, 'weight', weight, 1),
    labels,
  };
}

function requireAddress(at: Construct, address: string): string {
  if (isAddress(address) && !address.includes('%')) return address;
  throw new MeshError({
    code: 'MESH952',
    at,
    what: 'a Service leads to machines by their addresses: those of which Istio knows a name alone are left out',
    got: address,
    fix: "write its address, such as '10.20.0.5' or 'fd00::5'; or let it register itself, from cidrs",
  });
}

function requireOnce(at: Construct, named: readonly MachineFacts[]): void {
  const places = named.map(({ address, network = '' }) => `${canonicalAddress(address)} ${network}`);
  const twice = named.find((_, index) => places.indexOf(places[index]) !== index);
  if (!twice) return;
  throw new MeshError({
    code: 'MESH953',
    at,
    what: 'each machine has an address of its own',
    got: `${twice.address} twice`,
    fix: 'name it once; what is said of both goes together',
  });
}

function requireLocality(at: Construct, locality: string): string {
  const parts = locality.split('/');
  if (parts.length <= 3 && parts.every((part) => /^[^\s*]+$/.test(part))) return locality;
  throw new MeshError({
    code: 'MESH956',
    at,
    what: 'a locality is a region, a zone of it, and a part of that',
    got: JSON.stringify(locality),
    fix: 'write region, region/zone or region/zone/subzone',
  });
}

function versionOf(at: Construct, { version = 'v1' }: VirtualMachinesProps): string {
  return isLabelValue(version) && version !== '' ? version : requireName(at, 'version', version);
}

/** istiod hears of it from machines that it has registered, and their agent knows no probe by gRPC. */
function readinessOf(at: Construct, { readiness, machines }: VirtualMachinesProps, [first]: readonly Port[]): MachinesFacts['readiness'] {
  if (!readiness) return undefined;
  const { _facts: facts } = readiness;
  const idle = machines ? 'readiness of machines that are named one by one' : facts.grpc && 'WorkloadProbe.grpc';
  if (idle) {
    throw new MeshError({
      code: 'MESH954',
      at,
      what: 'machines that register themselves are asked whether they are ready, by HTTP, TCP or a command',
      got: idle,
      fix: machines ? 'leave readiness out, or let the machines register themselves, from cidrs' : 'use WorkloadProbe.http, tcp or exec',
    });
  }
  return { ...facts, port: facts.port ?? first.targetPort };
}
