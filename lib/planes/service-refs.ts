import type { TargetRef } from '../model/hop';
import type { Party } from '../model/party';

/** Every Service over a party's pods that its waypoint stands before: one left out would be a way round the policy. */
export function serviceRefs(party: Party): TargetRef[] {
  return (party.guardedNames ?? [party.name]).map((name) => ({ group: '', kind: 'Service', name }));
}
