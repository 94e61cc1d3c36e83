/** The processors that exported C is built for and emulated on, with what each takes. */

/** A processor with its compiler and an emulated board that has it. */
export interface Target {
  /** The id in commands. */
  readonly id: string;
  readonly name: string;
  readonly compiler: string;
  /** Of the same family as the compiler. */
  readonly size: string;
  readonly emulator: string;
  /** Debian's packages of both. */
  readonly packages: readonly string[];
  readonly compileFlags: readonly string[];
  readonly linkFlags: readonly string[];
  /** The emulator's arguments before the program's path. */
  readonly emulatorArguments: readonly string[];
  readonly runtime: 'arm' | 'riscv';
}

const arm = {
  compiler: 'arm-none-eabi-gcc',
  size: 'arm-none-eabi-size',
  emulator: 'qemu-system-arm',
  packages: ['gcc-arm-none-eabi', 'qemu-system-arm'],
  runtime: 'arm',
} as const;

/** One instruction is one nanosecond of the emulated clock, so that clocks count instructions. */
const COUNTED = ['-nographic', '-monitor', 'none', '-icount', 'shift=0'];

/** @param board an emulated FPGA image of Arm's MPS2 with this processor */
function cortex(id: string, name: string, fpu: string, board: string): Target {
  const flags = [`-mcpu=${id}`, '-mthumb', '-mfloat-abi=hard', `-mfpu=${fpu}`];
  const semihosting = ['-serial', 'none', '-semihosting-config', 'enable=on,target=native'];
  return {
    ...arm,
    id,
    name,
    compileFlags: flags,
    linkFlags: flags,
    emulatorArguments: ['-M', board, ...COUNTED, ...semihosting, '-kernel'],
  };
}

export const targets: readonly Target[] = [
  cortex('cortex-m4', 'Cortex-M4', 'fpv4-sp-d16', 'mps2-an386'),
  cortex('cortex-m7', 'Cortex-M7', 'fpv5-sp-d16', 'mps2-an500'),
  {
    id: 'rv32imac',
    name: 'RISC-V rv32imac',
    compiler: 'riscv64-unknown-elf-gcc',
    size: 'riscv64-unknown-elf-size',
    emulator: 'qemu-system-riscv32',
    packages: ['gcc-riscv64-unknown-elf', 'qemu-system-misc'],
    compileFlags: ['-march=rv32imac_zicsr', '-mabi=ilp32', '-mcmodel=medany'],
    // With _zicsr the compiler would pick its library of 64 bits.
    linkFlags: ['-march=rv32imac', '-mabi=ilp32', '-mcmodel=medany'],
    emulatorArguments: ['-M', 'virt', '-bios', 'none', ...COUNTED, '-kernel'],
    runtime: 'riscv',
  },
];
