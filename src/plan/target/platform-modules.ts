/** The platform that a module of Python's standard library needs and Lambda lacks. */
export type Platform = 'Windows' | 'macOS' | 'Tk';

/**
 * Modules that Python has only where its platform is: an import of them fails on Lambda. Python on Linux lists them in
 * `sys.stdlib_module_names` all the same. AWS builds its runtimes without Tk.
 *
 * @see https://docs.python.org/3/library/windows.html
 * @see https://github.com/aws/aws-lambda-base-images/issues/70
 */
const PLATFORM_MODULES: ReadonlyMap<string, Platform> = new Map(
  (
    [
      ['Windows', 'msilib msvcrt nt winreg winsound _msi _overlapped _winapi _wmi'],
      ['macOS', '_scproxy'],
      ['Tk', 'tkinter turtle turtledemo _tkinter'],
    ] as const
  ).flatMap(([platform, names]) => names.split(' ').map((name) => [name, platform] as const)),
);

/** What Lambda lacks for a module of the standard library; undefined where it lacks nothing. */
export const platformOf = (name: string): Platform | undefined => PLATFORM_MODULES.get(name);

/** What to do about an import of such a module. */
export const platformAdvice = (platform: Platform): string => {
  switch (platform) {
    case 'Windows':
      return 'Only Python on Windows has it. Import it in the function that needs it, or under `if sys.platform == "win32":`.';
    case 'macOS':
      return 'Only Python on macOS has it. Import it in the function that needs it, or under `if sys.platform == "darwin":`.';
    case 'Tk':
      return "It needs Tk, and Lambda's runtimes are built without Tk. Remove the import, or add a layer that has it.";
  }
};
