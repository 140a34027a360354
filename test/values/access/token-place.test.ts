import { TokenPlace } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('a TokenPlace', () => {
  it.each([
    ['header', TokenPlace.header],
    ['cookie', TokenPlace.cookie],
    ['parameter', TokenPlace.query],
  ])('fails as a %s without a name, or with one that none has', (_, make) => {
    const refusal = { code: 'MESH807', path: 'TokenPlace', fix: 'authorization' };
    expectRefusal(() => make(''), { ...refusal, got: 'no name' });
    expectRefusal(() => make('x token'), { ...refusal, got: 'x token' });
  });
});
