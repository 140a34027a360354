import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { PartyFacts } from '../../../model/party';
import type { ProbeFacts, WorkloadSpec } from '../../../model/workload-spec';
import { isDeferred } from '../../../support/deferred';

const LONG_START = 30;

/** The container that the pods are about, as cdk8s-plus has words for it. */
export function mainContainer(party: PartyFacts, spec: WorkloadSpec): kplus.ContainerProps {
  const firstPort = party.ports.at(0)?.targetPort;
  return {
    name: party.name,
    image: spec.image,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: spec.command && [...spec.command],
    args: spec.args && [...spec.args],
    ports: containerPorts(party),
    envVariables: Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
    resources: {
      cpu: { request: kplus.Cpu.millis(spec.cpuMillis) },
      memory: { request: mebibytes(spec.memoryMebibytes), limit: mebibytes(spec.memoryLimitMebibytes) },
    },
    securityContext: { capabilities: { drop: [kplus.Capability.ALL] }, readOnlyRootFilesystem: !spec.basics.writableRoot },
    readiness: makeProbe(spec.readiness, firstPort),
    liveness: makeProbe(spec.liveness, firstPort, 6),
    startup: spec.startup && makeProbe(spec.startup, firstPort, LONG_START),
  };
}

// The mark of a number that is known only later is negative, which cdk8s refuses; of a Size only this is asked.
function mebibytes(amount: number): Size {
  return isDeferred(amount) ? ({ toMebibytes: () => amount } as Size) : Size.mebibytes(amount);
}

// Two ports of the Service may lead to one port of the container.
function containerPorts(party: PartyFacts): kplus.ContainerPort[] {
  const byNumber = new Map(party.ports.map((port) => [port.targetPort, { number: port.targetPort, name: port.name }]));
  return [...byNumber.values()];
}

// Pods that listen on no port are not probed unless one is named. Probes by gRPC come later: cdk8s-plus has none.
function makeProbe(
  { path, port: asked, command, grpc }: ProbeFacts,
  firstPort?: number,
  failureThreshold?: number,
): kplus.Probe | undefined {
  if (command) return kplus.Probe.fromCommand([...command], { failureThreshold });
  const port = asked ?? firstPort;
  if (port === undefined || grpc) return undefined;
  const options = { port, failureThreshold };
  return path === undefined ? kplus.Probe.fromTcpSocket(options) : kplus.Probe.fromHttpGet(path, options);
}
