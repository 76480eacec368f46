/** Whether a variable's value switches something on, in pip's and uv's words. */
export const isOn = (flag = ''): boolean => !/^(0|n|no|f|false|off|)$/i.test(flag.trim());
