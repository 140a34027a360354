export { asBoolean, asList, asNumber, asString } from './deferred-values';
export { formerly } from './formerly';
export { KubernetesManifest, KubernetesMetadata } from './kubernetes-object';
export { MeshProgram, MeshProgramOptions, ObjectOptions } from './mesh-program';
