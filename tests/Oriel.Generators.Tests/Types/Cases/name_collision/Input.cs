namespace Shop.Orders
{
    record Item(int Count);
    record Date(int Day);
    class List { public record Entry(int A); }
}

namespace Shop.Stock
{
    record Item(bool IsThere);
    class Shelf { public record Entry(int B); }
}

record Page(int Number);
record Page<T>(T Value);

static class Uses
{
    public static Shop.Orders.Item Order(Shop.Stock.Item item, Shop.Orders.Date date, Page page, Page<int> ints) => null!;
    public static Shop.Orders.List.Entry Entry(Shop.Stock.Shelf.Entry entry) => null!;
}
