using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Discovery.Platform.Persistence;

public static class Conventions
{
    /// <summary>Time is UTC with microseconds in both databases. SQLite keeps it as a number, because it cannot order its own text form of an offset.</summary>
    public static void UsePlainTypes(this ModelConfigurationBuilder configuration, DbContext db)
    {
        if (db.Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite")
            configuration.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();
        else
            configuration.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    /// <summary>snake_case for everything: the names that operators type in SQL need no quotes.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(e => !e.IsMappedToJson()))
        {
            entity.SetTableName(Snake(entity.GetTableName()!));
            foreach (var property in entity.GetProperties()) property.SetColumnName(Snake(property.GetColumnName()));
            foreach (var key in entity.GetKeys()) key.SetName(Snake(key.GetName()!));
            foreach (var key in entity.GetForeignKeys()) key.SetConstraintName(Snake(key.GetConstraintName()!));
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(Snake(index.GetDatabaseName()!));
        }
    }

    static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && !char.IsUpper(name[i - 1])) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
        time => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10, micros => new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + micros * 10, TimeSpan.Zero));

    internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        time => new DateTimeOffset(time.UtcTicks / 10 * 10, TimeSpan.Zero), time => time);
}
