using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Discovery.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Voting.Ledger;

/// <summary>
/// Group commit: requests wait in a queue, and one writer per round takes all that wait, appends them in one transaction and answers them together (decision 0007).
/// An answer means that the entry is on the disk. Replicas take turns on the head row.
/// </summary>
internal sealed class LedgerWriter(IServiceScopeFactory scopes, LedgerFeed feed, ILogger<LedgerWriter> log) : IHostedService
{
    const int Largest = 512, Waiting = 8192, Crowd = 32, Patience = 6;

    static readonly Histogram<int> Batches = Telemetry.Meter.CreateHistogram<int>("discovery.ledger.batch", "{entry}", "Acts that one commit has answered");

    readonly ConcurrentDictionary<Guid, Queue> queues = new();

    /// <summary>Appends one act and returns when it is durable.</summary>
    /// <exception cref="RuleBroken">It is refused; the ledger is unchanged.</exception>
    public async Task<Recorded> AppendAsync(Guid round, Act act, CancellationToken ct)
    {
        var pending = new Pending(act);
        var queue = queues.GetOrAdd(round, id => new Queue(this, id));
        if (!queue.Channel.Writer.TryWrite(pending)) throw new RuleBroken("voting.busy") { Status = 503 };
        // Not cancelled with the request: what is written is written, and the next look shows it.
        return await pending.Done.Task.WaitAsync(ct);
    }

    async Task RunAsync(Guid round, ChannelReader<Pending> reader)
    {
        var batch = new List<Pending>(Largest);
        var last = 0;
        while (await reader.WaitToReadAsync())
        {
            batch.Clear();
            Fill(batch, reader);
            // Under load the next ones come within a few milliseconds, and a commit for twice as many costs little more. Alone, nobody waits.
            for (var i = 0; i < Patience && last >= Crowd && batch.Count < Largest; i++)
            {
                var before = batch.Count;
                await Task.Delay(1);
                Fill(batch, reader);
                if (batch.Count - before < Math.Max(1, before / 16)) break;
            }
            last = batch.Count;
            await CommitAsync(round, batch);
        }
    }

    static void Fill(List<Pending> batch, ChannelReader<Pending> reader)
    {
        while (batch.Count < Largest && reader.TryRead(out var pending)) batch.Add(pending);
    }

    // A batch that the database refuses is halved until the one act that it cannot take fails alone.
    async Task CommitAsync(Guid round, List<Pending> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var outcomes = await ActivatorUtilities.CreateInstance<LedgerBatch>(scope.ServiceProvider).CommitAsync(round, batch.ConvertAll(p => p.Act), CancellationToken.None);
            feed.Pulse();
            Batches.Record(batch.Count);
            for (var i = 0; i < batch.Count; i++) batch[i].Answer(outcomes[i]);
        }
        catch (Exception e) when (batch.Count > 1 && e is Microsoft.EntityFrameworkCore.DbUpdateException or System.Data.Common.DbException { IsTransient: false })
        {
            log.LogWarning("A batch of {Count} entries was refused and is halved: {Error}", batch.Count, e.GetBaseException().Message);
            await CommitAsync(round, batch[..(batch.Count / 2)]);
            await CommitAsync(round, batch[(batch.Count / 2)..]);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Count} entries were not written", batch.Count);
            foreach (var pending in batch) pending.Done.TrySetException(new RuleBroken("voting.unavailable") { Status = 503 });
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes what still waits, then ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in queues.Values) queue.Channel.Writer.TryComplete();
        await Task.WhenAll(queues.Values.Select(q => q.Writer)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    sealed class Queue
    {
        public Queue(LedgerWriter owner, Guid round) => Writer = Task.Run(() => owner.RunAsync(round, Channel.Reader));

        public Channel<Pending> Channel { get; } = System.Threading.Channels.Channel.CreateBounded<Pending>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        public Task Writer { get; }
    }

    sealed record Pending(Act Act)
    {
        public TaskCompletionSource<Recorded> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Answer(Outcome outcome)
        {
            if (outcome.Refused is { } no) Done.TrySetException(no);
            else Done.TrySetResult(outcome.Recorded!);
        }
    }
}

/// <summary>Something that wants to be in the ledger.</summary>
internal abstract record Act
{
    /// <param name="Person">Whose mandate or membership it rests on; null for a tool that replays an election.</param>
    /// <param name="Subject">The organisation or person that votes; null: the only one the person may vote as, or the usual one of several.</param>
    /// <param name="Usual">What the session says; it counts where several are possible and no subject is named.</param>
    internal sealed record Cast(Guid? Person, Guid? Subject, Choice Choice, Guid? Usual = null) : Act;

    internal sealed record Withdraw(Guid Person, Guid? Subject, Guid? Usual = null) : Act;

    internal sealed record WithdrawProposal(int Number, string Reason) : Act;

    internal sealed record Close(string? Reason) : Act;
}

/// <summary>It is in the ledger, durably.</summary>
internal sealed record Recorded(long Sequence, byte[] Leaf, int Revision);

internal sealed record Outcome(Recorded? Recorded, RuleBroken? Refused);
