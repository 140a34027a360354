import { CORE, NETWORKING } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import { nameOf } from '../../cluster/objects/manifest-object';
import { isRaw } from '../owners';
import { partyText } from '../call-words';
import { openings } from '../inquiries';
import { rule } from '../rule';

export const otherService = rule({
  code: 'MESH213',
  level: 'error',
  title: 'another Service bypasses the policies of a service',
  compares: [
    { kinds: [`${CORE}/Service`], fields: ['spec selector', `metadata labels ${USE_WAYPOINT}`], made: false },
    { kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec workloadSelector', 'spec hosts'], made: false },
  ],

  check(model, report) {
    const told = new Set<string>();
    for (const { service, door } of openings(model)) {
      const other = door.service;
      if (!other || !isRaw(other) || told.has(other.object.path)) continue;
      told.add(other.object.path);
      report({
        on: other.object,
        message: `${nameOf(other.object)} sends requests to the pods of ${partyText(service)} past its policies, which do not cover this ${other.kind}`,
        got: door.name,
        fix: `remove it, label it ${USE_WAYPOINT}: none, or use a ZeroTrustNamespace, whose waypoint refuses what no policy allows`,
      });
    }
  },
});
