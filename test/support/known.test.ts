import { Deferred, MeshPort } from 'istio-constructs';
import { requireKnown } from '../../lib/support/known';
import { newChart } from '../builders';
import { expectRefusal } from './refusal';

const LATER = Deferred.text(1);

describe('options that have to be known when the program runs', () => {
  it.each([
    ['a text', { name: 'cart', image: undefined }],
    ['lists and objects', { ports: [80, 81], labels: { app: 'cart' }, nothing: null }],
    ['a value of this library, which was asked where it was made', { port: MeshPort.http(80) }],
    [
      'an object of a class, which is not looked into',
      {
        site: new (class Site {
          readonly line = LATER;
        })(),
      },
    ],
  ])('may be %s', (_, options) => {
    expect(() => requireKnown('test', options)).not.toThrow();
  });

  it.each([
    ['name', { name: LATER }],
    ['name', { name: `cart-${LATER}` }],
    ['replicas', { replicas: Deferred.number(1) }],
    ['args', { args: Deferred.list(1) }],
    ['args', { args: ['--fast', `--key=${LATER}`] }],
    ['resources.limits.memory', { resources: { limits: { memory: Deferred.number(1) } } }],
    ['versions.image', { versions: [{ image: 'cart:1' }, { image: LATER }] }],
    ['a key of labels', { labels: { [LATER]: 'a' } }],
  ])('fail, and %s is named: %j', (path, options) => {
    expectRefusal(() => requireKnown(newChart('shop'), options), { code: 'MESH037', path: 'shop', fix: 'known when the program runs' });
    expect(() => requireKnown('test', options)).toThrow(`MESH037 at test: ${path} decides`);
  });

  it('pass on those that nothing depends on, with all that is in them', () => {
    const options = { host: LATER, env: { KEY: LATER, LIST: [LATER] } };
    expect(() => requireKnown('test', options, ['host', 'env'])).not.toThrow();
    expect(() => requireKnown('test', options, ['env'])).toThrow('host decides');
  });

  it('do not pass on others whose names begin alike', () => {
    expect(() => requireKnown('test', { envName: LATER }, ['env'])).toThrow('envName decides');
  });
});
