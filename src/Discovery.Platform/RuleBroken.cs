namespace Discovery.Platform;

/// <summary>
/// A rule of the domain says no. <see cref="Code"/> is the key of the text that the person sees, in their language;
/// pages show it with status 422, the API answers with problem details and <see cref="Status"/>.
/// </summary>
public sealed class RuleBroken(string code, params object[] values) : Exception(code)
{
    public string Code => Message;

    public IReadOnlyList<object> Values => values;

    /// <summary>HTTP status of the API's answer: 409 unless the rule is about who may act (403) or what there is (404).</summary>
    public int Status { get; init; } = 409;

    /// <summary>For 429 and 503: when it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The header <c>Retry-After</c>: whole seconds, at least one.</summary>
    public static string Seconds(RuleBroken? rule) =>
        Math.Max(1, (long)Math.Ceiling((rule?.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
