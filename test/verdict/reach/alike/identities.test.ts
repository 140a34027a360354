import { authorizationPolicies } from '../../../../lib/cluster/policies/authorization-policies';
import { askedOfIdentity } from '../../../../lib/verdict/reach/alike/identities';
import { speakerOf } from '../../../../lib/verdict/requests/callers';
import { clusterFrom } from '../../../manifests';
import * as made from '../../fixtures';

const ACCOUNTS = ['web', 'cart', 'other'];
const from = (account: string) => `from: [{source: {principals: [cluster.local/ns/shop/sa/${account}]}}]`;

/** Who meets which question: `10` for the first and not the second. */
function answers(spec: string): string[] {
  const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.policy('p', spec));
  const questions = new Map(askedOfIdentity(cluster, authorizationPolicies(cluster)[0]).map((one) => [one.id, one]));
  const callers = ACCOUNTS.map((serviceAccount) => speakerOf(cluster, { pod: { namespace: 'shop', serviceAccount, proxy: 'sidecar' } }));
  return callers.map((caller) => [...questions.values()].map(({ holds }) => (holds(caller) ? 1 : 0)).join(''));
}

describe('what a policy asks of who connects', () => {
  it('is one question where rules let the same requests in', () => {
    expect(answers(`rules: [{${from('web')}}, {${from('cart')}}]`)).toEqual(['1', '1', '0']);
  });

  it('is two where they do not', () => {
    const to = 'to: [{operation: {methods: [GET]}}]';
    expect(answers(`rules: [{${from('web')}, ${to}}, {${from('cart')}}]`)).toEqual(['10', '01', '00']);
  });

  it('is the same of the namespace, of a condition, and of what must not be', () => {
    expect(answers('rules: [{from: [{source: {namespaces: [web]}}]}]')).toEqual(['0', '0', '0']);
    expect(answers('rules: [{when: [{key: source.serviceAccount, values: [web]}]}]')).toEqual(['11', '01', '01']);
    expect(answers('rules: [{from: [{source: {notPrincipals: ["*/sa/web"]}}]}]')).toEqual(['0', '1', '1']);
  });

  it('is nothing of requests', () => {
    expect(answers('rules: [{from: [{source: {requestPrincipals: ["*"]}}], to: [{operation: {paths: [/x]}}]}]')).toEqual(['1', '1', '1']);
  });
});
