/** Counts the calls that a program makes to a WebGPU device. */
const counted = {
  GPUQueue: ['submit', 'writeBuffer'],
  GPUDevice: ['createBuffer', 'createBindGroup', 'createComputePipeline', 'createComputePipelineAsync'],
  GPUComputePassEncoder: ['dispatchWorkgroups'],
} as const;

/** Counts calls to the device until `end`; pipelines of both kinds count as `createPipeline`. */
export function countingCalls(): { end(): Record<string, number> } {
  const counts: Record<string, number> = { createPipeline: 0 };
  const undo: (() => void)[] = [];
  for (const [name, methods] of Object.entries(counted)) {
    const prototype = (globalThis as unknown as Record<string, { prototype: Record<string, (...args: unknown[]) => unknown> }>)[name]
      ?.prototype;
    if (!prototype) throw new Error(`there is no ${name}`);
    for (const method of methods) {
      const original = prototype[method] as (...args: unknown[]) => unknown;
      const key = method.startsWith('createComputePipeline') ? 'createPipeline' : method;
      counts[key] ??= 0;
      prototype[method] = function (...args) {
        counts[key] = (counts[key] as number) + 1;
        return original.apply(this, args);
      };
      undo.push(() => (prototype[method] = original));
    }
  }
  return {
    end() {
      for (const restore of undo) restore();
      return counts;
    },
  };
}
