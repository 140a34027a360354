// A StatefulSet as a chart of a database would bring it; what stands inside a namespace's construct lives in that namespace.
import { ApiObject } from 'cdk8s';
import { ZeroTrustNamespace } from 'istio-constructs';

export interface NamedPort {
  readonly name: string;
  readonly port: number;
}

export interface StatefulSetProps {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly NamedPort[];
  readonly replicas: number;
  /** Where the data is. */
  readonly path: string;
  /** Headless Service that names its pods. */
  readonly serviceName?: string;
}

const HARDENED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const NO_ROOT = { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } };

export function statefulSet(namespace: ZeroTrustNamespace, props: StatefulSetProps): ApiObject {
  const { name, image, ports, replicas, path, serviceName = name } = props;
  const podLabels = { app: name };
  const container = {
    name,
    image,
    ports: ports.map((one) => ({ name: one.name, containerPort: one.port })),
    readinessProbe: { tcpSocket: { port: ports[0].port } },
    resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '2Gi' } },
    volumeMounts: [{ name: 'data', mountPath: path }],
    securityContext: HARDENED,
  };
  return new ApiObject(namespace, `${name}-stateful-set`, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      serviceName,
      replicas,
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: { containers: [container], securityContext: NO_ROOT } },
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } } },
      ],
    },
  });
}

/** A Service without an address over the pods of an app: it gives each of them a name, and sidecars know their addresses by it. */
export function headless(namespace: ZeroTrustNamespace, name: string, app: string, ports: readonly NamedPort[]): string {
  new ApiObject(namespace, name, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true, // they have to find each other before they are ready
      selector: { app },
      ports: ports.map((one) => ({ name: one.name, port: one.port, targetPort: one.port, appProtocol: one.name.split('-')[0] })),
    },
  });
  return name;
}
