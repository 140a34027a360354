import { type Fields, fieldsOf, isSaid, listOf, numberOf, valueAt } from '../../../cluster/objects/fields';
import { type Check, hasTwins } from './complaint';

const IN_ALL = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const WHOLE = [...IN_ALL, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

export const DESTINATION_RULE_CHECKS: readonly Check[] = [
  {
    fails: (spec) => policiesOf(spec).some((policy) => !WHOLE.some((key) => isSaid(policy[key]))),
    what: 'has a trafficPolicy that says nothing',
    fix: 'say something in it, or leave it out',
  },
  {
    fails: (spec) => policiesOf(spec).some(({ tunnel, proxyProtocol }) => isSaid(tunnel) && isSaid(proxyProtocol)),
    what: 'has both tunnel and proxyProtocol',
    fix: 'keep one of them',
  },
  {
    fails: (spec) => levelsOf(spec).some(countsUnsplit),
    what: 'counts consecutiveLocalOriginFailures, which are counted only apart from other errors',
    fix: 'write splitExternalLocalOriginErrors: true beside it',
  },
  {
    fails: (spec) =>
      levelsOf(spec).some(
        ({ loadBalancer }) => isSaid(valueAt(loadBalancer, 'localityLbSetting')) && isSaid(valueAt(loadBalancer, 'zoneAwareLbSetting')),
      ),
    what: 'has both localityLbSetting and zoneAwareLbSetting',
    fix: 'keep one of them',
  },
  {
    fails: ({ subsets }) => hasTwins(listOf(subsets).map(({ name }) => name)),
    what: 'has two subsets of one name',
    fix: 'write each subset once',
  },
];

function policiesOf({ trafficPolicy, subsets }: Fields): Fields[] {
  const said = [trafficPolicy, ...listOf(subsets).map((subset) => subset.trafficPolicy)].filter(isSaid);
  return said.map(fieldsOf);
}

function levelsOf(spec: Fields): Fields[] {
  return policiesOf(spec).flatMap((policy) => [policy, ...listOf(policy.portLevelSettings)]);
}

function countsUnsplit({ outlierDetection }: Fields): boolean {
  const { consecutiveLocalOriginFailures, splitExternalLocalOriginErrors } = fieldsOf(outlierDetection);
  return (numberOf(consecutiveLocalOriginFailures) ?? 0) > 0 && splitExternalLocalOriginErrors !== true;
}
