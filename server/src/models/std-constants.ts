/** Constants of the standard library: the ends of the ranges of numbers, as far as JavaScript's numbers hold them exactly. */
export const CONSTANTS: Readonly<Record<string, number>> = {
  "i8::MIN": -128,
  "i8::MAX": 127,
  "i16::MIN": -32768,
  "i16::MAX": 32767,
  "i32::MIN": -2147483648,
  "i32::MAX": 2147483647,
  "u8::MIN": 0,
  "u8::MAX": 255,
  "u16::MIN": 0,
  "u16::MAX": 65535,
  "u32::MIN": 0,
  "u32::MAX": 4294967295,
  "u64::MIN": 0,
  "usize::MIN": 0,
  // Modules that had them before the types did.
  "std::u8::MAX": 255,
  "std::u16::MAX": 65535,
  "std::u32::MAX": 4294967295,
};
