/** What a program needs on an emulated board without an operating system: its start, memory, text, a counter and its end. */
import type { Target } from './targets';

/** In the place of the compiler's own header, for `main.c` of an export. */
export const stdioHeader = `int printf(const char *format, ...);
`;

/** What the board's files share. */
const common = String.raw`#include <stdarg.h>
#include <stdint.h>

int example_main(void);
static void put(char letter);
static void end(int status);
/* Instructions since the start, as a number that may wrap; see since. */
static uint32_t now(void);
static uint32_t since(uint32_t before, uint32_t after);

#define MOST_LAYERS 1000
static uint32_t counts[MOST_LAYERS];
static uint32_t layer, began;

void board_begin(void) { layer = 0; began = now(); }
void board_layer(void) {
  const uint32_t ended = now();
  if (layer < MOST_LAYERS) counts[layer++] = since(began, ended);
  began = now();
}

static void text(const char *letters) { while (*letters) put(*letters++); }
static void number(int32_t value) {
  char digits[12];
  int count = 0;
  uint32_t rest = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
  if (value < 0) put('-');
  do digits[count++] = (char)('0' + rest % 10); while (rest /= 10);
  while (count) put(digits[--count]);
}

/* Knows %d alone. */
int printf(const char *format, ...) {
  va_list values;
  va_start(values, format);
  for (; *format; format++) {
    if (format[0] == '%' && format[1] == 'd') { number(va_arg(values, int)); format++; }
    else put(*format);
  }
  va_end(values);
  return 0;
}

static void run(void) {
  const int status = example_main();
  for (uint32_t k = 0; k < layer; k++) { text("layer "); number((int32_t)counts[k]); put('\n'); }
  end(status);
}

#ifdef BOARD_LIBRARY
void __assert_func(const char *file, int line, const char *function, const char *what) {
  (void)file; (void)function;
  text("an assertion failed in line "); number(line); text(": "); text(what); put('\n');
  end(1);
  for (;;) {}
}
#else
void *memcpy(void *to, const void *from, __SIZE_TYPE__ count) {
  for (__SIZE_TYPE__ k = 0; k < count; k++) ((char *)to)[k] = ((const char *)from)[k];
  return to;
}
void *memset(void *to, int value, __SIZE_TYPE__ count) {
  for (__SIZE_TYPE__ k = 0; k < count; k++) ((char *)to)[k] = (char)value;
  return to;
}
#endif
`;

const arm = String.raw`
extern uint32_t data_from, data_start, data_end, bss_start, bss_end, stack_end;

static int host(int what, void *with) {
  register int r0 __asm__("r0") = what;
  register void *r1 __asm__("r1") = with;
  __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}
static void put(char letter) { host(3, &letter); }
static void end(int status) {
  uint32_t block[2] = {0x20026, (uint32_t)status};
  host(0x20, block);
}

/* SysTick runs down at 25 MHz, so that one of its ticks is 40 instructions. */
static volatile uint32_t *const systick = (uint32_t *)0xE000E010;
static uint32_t now(void) { return systick[2]; }
static uint32_t since(uint32_t before, uint32_t after) { return ((before - after) & 0xFFFFFF) * 40u; }

static void start(void) {
  *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20; /* floating point on */
  uint32_t *from = &data_from;
  for (uint32_t *to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
  systick[1] = 0xFFFFFF;
  systick[2] = 0;
  systick[0] = 5;
  run();
  for (;;) {}
}
static void fault(void) {
  text("the processor met a fault\n");
  end(1);
  for (;;) {}
}
__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    &stack_end, start, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault};
`;

const riscv = String.raw`
static volatile uint8_t *const uart = (uint8_t *)0x10000000; /* a 16550: its status is its register 5 */
static void put(char letter) {
  while (!(uart[5] & 0x20)) {}
  uart[0] = (uint8_t)letter;
}
static void end(int status) {
  while (!(uart[5] & 0x40)) {} /* until the last letter is out */
  *(volatile uint32_t *)0x100000 = status ? ((uint32_t)status << 16) | 0x3333 : 0x5555;
}
static uint32_t now(void) {
  uint32_t cycles;
  __asm__ volatile("csrr %0, mcycle" : "=r"(cycles));
  return cycles;
}
static uint32_t since(uint32_t before, uint32_t after) { return after - before; }

void board_fault(void) {
  text("the processor met a fault\n");
  end(1);
  for (;;) {}
}
extern uint32_t bss_start, bss_end;
void board_start(void) {
  for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
  run();
  for (;;) {}
}
__asm__(".section .vectors,\"ax\"\n.globl _start\n_start:\n.option push\n.option norelax\nla gp, __global_pointer$\n.option pop\n"
        "la sp, stack_end\nla t0, board_fault\ncsrw mtvec, t0\nj board_start\n");
`;

const armLinker = `MEMORY { flash (rx) : ORIGIN = 0, LENGTH = 4M  ram (rwx) : ORIGIN = 0x20000000, LENGTH = 4M }
ENTRY(vectors)
SECTIONS {
  .text : { KEEP(*(.vectors)) *(.text*) *(.rodata*) } > flash
  .ARM.exidx : { *(.ARM.exidx*) } > flash
  data_from = LOADADDR(.data);
  .data : ALIGN(4) { data_start = .; *(.data*) . = ALIGN(4); data_end = .; } > ram AT > flash
  .bss (NOLOAD) : ALIGN(4) { bss_start = .; *(.bss*) *(COMMON) . = ALIGN(4); bss_end = .; } > ram
  end = .;
  stack_end = ORIGIN(ram) + LENGTH(ram);
}
`;

const riscvLinker = `MEMORY { ram (rwx) : ORIGIN = 0x80000000, LENGTH = 16M }
ENTRY(_start)
SECTIONS {
  .text : { KEEP(*(.vectors)) *(.text*) *(.rodata*) *(.srodata*) } > ram
  .data : ALIGN(4) { *(.data*) __global_pointer$ = . + 0x800; *(.sdata*) } > ram
  .bss (NOLOAD) : ALIGN(4) { bss_start = .; *(.sbss*) *(.bss*) *(COMMON) . = ALIGN(4); bss_end = .; } > ram
  stack_end = ORIGIN(ram) + LENGTH(ram);
}
`;

/** The files beside those of an export: how a program starts, and where its parts lie. */
export const runtimeOf = ({ runtime }: Target): { readonly source: string; readonly linkerScript: string } =>
  runtime === 'arm' ? { source: common + arm, linkerScript: armLinker } : { source: common + riscv, linkerScript: riscvLinker };
