import { operatedNamespaces } from '../../../lib/cluster/objects/operated-namespaces';
import { raw } from '../../rules/model-builder';

const object = (apiVersion: string, namespaceName: string) =>
  raw(`{ apiVersion: ${apiVersion}, kind: Any, metadata: { name: any, namespace: ${namespaceName} } }`);

describe('namespaces with an operator', () => {
  it('are those with an object of a kind that neither Kubernetes nor Istio has', () => {
    const plain = ['v1', 'apps/v1', 'networking.k8s.io/v1', 'security.istio.io/v1', 'cert-manager.io/v1'];
    const objects = [...plain.flatMap((apiVersion) => object(apiVersion, 'shop')), ...object('databases.example.com/v1', 'data')];
    expect([...operatedNamespaces(objects)]).toEqual(['data']);
  });
});
