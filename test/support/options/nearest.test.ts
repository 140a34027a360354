import { certainlyMeant, distanceOf, nearestOf } from '../../../lib/support/options/nearest';

describe('the word that was meant', () => {
  const known = ['attempts', 'http', 'image', 'maxRequests', 'memoryMebibytes', 'port', 'replicas', 'targetPort', 'timeout'];

  it.each([
    ['replica', 'replicas'],
    ['ports', 'port'],
    ['Port', 'port'],
    ['targetport', 'targetPort'],
    ['target_port', 'targetPort'],
    ['maxRequest', 'maxRequests'],
    ['imgae', 'image'],
    ['timeOut', 'timeout'],
    ['timeoutSeconds', 'timeout'],
    ['memory', 'memoryMebibytes'],
    ['https', 'http'],
    ['containerImage', 'image'],
  ])('of %s is %s', (word, meant) => {
    expect(nearestOf(word, known)).toBe(meant);
  });

  it.each(['x', 'labels', 'tries', 'po', 'wrong', ''])('of %p is none of these', (word) => {
    expect(nearestOf(word, known)).toBeUndefined();
  });

  it('is the nearer of two', () => {
    expect(nearestOf('dataPlans', ['dataPlanes', 'dataPlane'])).toBe('dataPlanes');
    expect(nearestOf('stepss', ['step', 'steps'])).toBe('steps');
  });
});

describe('the one word that must have been meant', () => {
  it.each([
    ['rulez', ['rules', 'selector'], 'rules'],
    ['get', ['GET', 'PUT'], 'GET'],
    ['traffic_policy', ['trafficPolicy', 'host'], 'trafficPolicy'],
    ['consecutivErors', ['consecutiveErrors', 'interval'], 'consecutiveErrors'],
  ])('of %s is one of %p', (word, known, meant) => {
    expect(certainlyMeant(word, known)).toBe(meant);
  });

  it.each([
    ['port', ['ports', 'sort']],
    ['rules', ['rules', 'rule']],
    ['set', ['get', 'put']],
    ['servr', ['server', 'serve']],
    ['timeoutSeconds', ['timeout']],
    ['word', []],
    ['catalog-v2', ['catalog-v1']],
    ['orders-eu', ['orders-us']],
    ['catalog-old', ['catalogue']],
  ])('of %s is none of %p for certain', (word, known) => {
    expect(certainlyMeant(word, known)).toBeUndefined();
  });
});

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['abc', 'xabc', 1],
    ['abc', 'acb', 1],
    ['abcd', 'badc', 2],
    ['kitten', 'sitting', 3],
  ])('%p and %p is %p', (from, to, distance) => {
    expect(distanceOf(from, to)).toBe(distance);
    expect(distanceOf(to, from)).toBe(distance);
  });
});
