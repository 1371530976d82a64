using System.ComponentModel.DataAnnotations;
using System.Reflection;
using MigrationGuard.Retention.Records;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration.Shapes;

/// <summary>Makes the shapes of the option types by reflection.</summary>
internal static class OptionShapes
{
    /// <summary>The shape of everything under <c>MigrationGuard</c>.</summary>
    public static readonly ObjectShape Root = Group(typeof(MigrationGuardOptions));

    private static ObjectShape Group(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return new ObjectShape(type,
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .Select(property => new OptionMember(property, Value(nullability.Create(property)), property.IsDefined(typeof(RequiredAttribute)))),
        ]);
    }

    private static OptionValue Value(NullabilityInfo info) => new(Shape(info), info.WriteState == NullabilityState.Nullable);

    private static OptionShape Shape(NullabilityInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsEnum)
            return new EnumShape(type);
        if (type == typeof(string))
            return new TextShape();
        if (type == typeof(bool))
            return new BooleanShape();
        if (type == typeof(int))
            return new NumberShape<int>();
        if (type == typeof(long))
            return new NumberShape<long>();
        if (type == typeof(double))
            return new NumberShape<double>();
        if (type == typeof(DateTimeOffset))
            return new MomentShape();
        if (type == typeof(DateOnly))
            return new DayShape();
        if (type == typeof(BreakdownColumns))
            return new BreakdownColumnsShape();
        if (type == typeof(FieldValues))
            return new FieldValuesShape();
        if (type == typeof(List<ExcludedTable>))
            return new ExcludedShape();
        if (IsGeneric(type, typeof(List<>)))
            return new ListShape(type, Value(info.GenericTypeArguments[0]));
        if (IsGeneric(type, typeof(Dictionary<,>)))
            return new MapShape(type, Value(info.GenericTypeArguments[1]));
        if (type.IsClass && type.GetConstructor(Type.EmptyTypes) is not null)
            return Group(type);
        throw new NotSupportedException($"An option of type {type} has no shape: add one beside this.");
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
