/**
 * The output of builds that lack a compiler, another program, or a library that a compiler needs; a container may have
 * it. The program `false` stands in for compilers that are switched off.
 */
const COMPILER =
  /error: command '|command not found|\b(?:swig|gmake|bison|gcc|g\+\+|clang|cc1|rustc|cargo|cmake|meson|ninja|gfortran|pkg-config|[a-z]+_config|[a-z]+-config)\b|compiler|command '[^']*\bfalse'|['"]false['"]|^\s*(?:[│|]\s*)?false -|fatal error: \S+\.h\b|Python\.h\b/im;

/** Whether the output of a build, without colours, names a program or a library that the build lacks. */
export const lacksProgram = (output: string): boolean => COMPILER.test(output);
