/**
 * What builds say that lack a compiler, another program, or a library that a compiler needs. Compilers are switched off by `false`.
 * A container may have what they lack.
 */
const COMPILER =
  /error: command '|command not found|\b(?:swig|gmake|bison|gcc|g\+\+|clang|cc1|rustc|cargo|cmake|meson|ninja|gfortran|pkg-config|[a-z]+_config|[a-z]+-config)\b|compiler|command '[^']*\bfalse'|['"]false['"]|^\s*(?:[│|]\s*)?false -|fatal error: \S+\.h\b|Python\.h\b/im;

/** Whether what a build says, without colours, names a program or a library that it lacks. */
export const lacksProgram = (output: string): boolean => COMPILER.test(output);
