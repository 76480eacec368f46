/** Whether a variable's value switches something on, by the words that pip and uv accept. */
export const isOn = (flag = ''): boolean => !/^(0|n|no|f|false|off|)$/i.test(flag.trim());
