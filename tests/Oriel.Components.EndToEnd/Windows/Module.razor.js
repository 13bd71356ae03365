export function twice(number) {
  return number * 2;
}
