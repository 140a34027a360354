import { cutRetries } from '../../../lib/rules/retries/cut-retries';
import { findings, raw } from '../model-builder';

const beside = (http: string) =>
  findings(cutRetries, {
    objects: raw(
      `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: payment }, spec: { http: [{ ${http} }] } }`,
    ),
  });

describe(cutRetries.title, () => {
  it('says how many tries have their time', () => {
    expect(beside('timeout: 5s, retries: { attempts: 3, perTryTimeout: 2s }')).toMatchObject([
      { message: expect.stringContaining('2 of 4 have it'), got: '(1 + 3) x 2s = 8s > 5s' },
    ]);
    expect(beside('timeout: 1s, retries: { attempts: 3, perTryTimeout: 2s }')).toMatchObject([
      { message: expect.stringContaining('0 of 4 have it') },
    ]);
  });

  it.each(['timeout: 10s, retries: { attempts: 3, perTryTimeout: 3s }', 'timeout: 1m, retries: { attempts: 3, perTryTimeout: 15.5s }'])(
    'tells of a route with %s',
    (http) => {
      expect(beside(http)).toMatchObject([{ on: { path: 'raw/virtualservice/payment' } }]);
    },
  );

  it.each([
    'timeout: 10s, retries: { attempts: 4, perTryTimeout: 500ms }',
    'timeout: 0s, retries: { attempts: 4, perTryTimeout: 5s }',
    'timeout: soon, retries: { attempts: 4, perTryTimeout: 5s }',
    'timeout: 10s',
  ])('takes a route with %s', (http) => {
    expect(beside(http)).toEqual([]);
  });

  it.each([
    ['10s', '10s'],
    ['0.5s', '0.5s'],
    ['100ms', '0.1s'],
    ['1m30s', '90s'],
    ['2h', '7200s'],
  ])('reads %s as Istio does', (perTryTimeout, seconds) => {
    const [{ got }] = beside(`timeout: 1ms, retries: { attempts: 1, perTryTimeout: ${perTryTimeout} }`);
    expect(got).toMatch(`(1 + 1) x ${seconds} = `);
  });

  it.each(["''", "'10'", 's', '-1s', 'soon', '10'])('takes %s, which is no duration', (perTryTimeout) => {
    expect(beside(`timeout: 1ms, retries: { attempts: 1, perTryTimeout: ${perTryTimeout} }`)).toEqual([]);
  });
});
