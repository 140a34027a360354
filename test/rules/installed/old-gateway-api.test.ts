import { oldGatewayApi } from '../../../lib/rules/installed/old-gateway-api';
import { findings, raw } from '../model-builder';

const find = (name: string, version: string) =>
  findings(oldGatewayApi, {
    objects: raw(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name}, annotations: { gateway.networking.k8s.io/bundle-version: ${version} } }
`),
  });

describe(oldGatewayApi.title, () => {
  it.each([
    ['tlsroutes.gateway.networking.k8s.io', 'v1.5.0-rc.1'],
    ['tlsroutes.gateway.networking.k8s.io', 'v2.0.0'],
    ['httproutes.gateway.networking.k8s.io', 'v0.8.0'],
    ['tcproutes.gateway.networking.k8s.io', 'unknown'],
  ])('takes %s of %s', (name, version) => {
    expect(find(name, version)).toEqual([]);
  });

  it.each([
    ['grpcroutes.gateway.networking.k8s.io', 'v1.0.9'],
    ['tlsroutes.gateway.networking.k8s.io', 'v1.4.1'],
    ['tcproutes.gateway.networking.k8s.io', '1.5.0'],
  ])('tells of %s of %s', (name, version) => {
    expect(find(name, version)).toMatchObject([{ got: `gateway.networking.k8s.io/bundle-version: ${version}` }]);
  });
});
