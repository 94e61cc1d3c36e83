/** Names of folders that say what is in them for, such as "train", "test_set" and "validation". */
export const isTrain = (name: string): boolean => isNamed(name, 'train(ing)?');
export const isTest = (name: string): boolean => isNamed(name, 'test(ing)?');
export const isValidation = (name: string): boolean => isNamed(name, 'val(id|idation)?|dev|eval(uation)?');

const isNamed = (name: string, part: string) => new RegExp(`^(${part})([ _-]?(set|data|images))?$`, 'i').test(name);
