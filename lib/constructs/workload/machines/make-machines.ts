import type { Construct } from 'constructs';
import * as networking from '../../../../imports/networking.istio.io';
import { settledOf } from '../../../graph/settle';
import { MACHINE_BLOCKS } from '../../../istio/labels';
import type { MachinesFacts } from '../../../model/machines/machines';
import type { PartyFacts } from '../../../model/party';
import { transportOf } from '../../../planes/transport';
import { entryName, renderWorkloadEntry, renderWorkloadGroup, type ToldMachines } from '../../../render/kubernetes/machines';
import { lazy } from '../../tree/lazy';
import { makeObject } from '../../tree/make-object';

/** The group that machines are configured from, and an entry for each that somebody has named. */
export function makeMachines(scope: Construct, party: PartyFacts, machines: MachinesFacts): void {
  const { name, namespaceName: namespace } = party;
  const told = (): ToldMachines => toldOf(scope, party);
  const group = lazy(() => renderWorkloadGroup(party, machines, told()));
  const registering = machines.named.length === 0 && party.addresses;
  const annotations = registering ? { [MACHINE_BLOCKS]: registering.join(',') } : undefined;
  makeObject(scope, 'Resource', networking.WorkloadGroup, { name, namespace, annotations }, group);
  for (const machine of machines.named) {
    const own = entryName(name, machine);
    const entry = lazy(() => renderWorkloadEntry(party, machine, machines, told()));
    makeObject(scope, `Entry-${own}`, networking.WorkloadEntry, { name: own, namespace }, entry);
  }
}

function toldOf(scope: Construct, party: PartyFacts): ToldMachines {
  return {
    takesTunnels: settledOf(scope)
      .callsTo(party)
      .some(({ caller }) => transportOf(caller).dialsHbone),
  };
}
