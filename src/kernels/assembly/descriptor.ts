/** Reads a call's description: 32-bit fields, in the order of the enum in the operation's fields.ts. */

@inline
export function field(descriptor: usize, index: i32): i32 {
  return i32.load(descriptor + (index << 2));
}

@inline
export function pointer(descriptor: usize, index: i32): usize {
  return load<usize>(descriptor + (index << 2));
}

@inline
export function real(descriptor: usize, index: i32): f32 {
  return f32.load(descriptor + (index << 2));
}
