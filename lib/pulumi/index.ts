export { asBoolean, asList, asNumber, asString } from './deferred-values';
export type { KubernetesManifest, KubernetesMetadata } from './kubernetes-object';
export { MeshProgram, type MeshProgramOptions, type ObjectOptions } from './mesh-program';
