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
}
